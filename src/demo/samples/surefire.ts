/** What Maven Surefire writes for the shop's invoices, with rerunFailingTestsCount: a test that needed a second try. */
export const surefireReport = `<?xml version="1.0" encoding="UTF-8"?>
<testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="3.0" name="shop.invoice.InvoiceTest" time="0.318" tests="3" errors="0" skipped="0" failures="0" flakes="1">
  <properties><property name="java.version" value="21.0.2"/></properties>
  <testcase name="numbersAreGapless" classname="shop.invoice.InvoiceTest" time="0.101"/>
  <testcase name="taxIsPerLine" classname="shop.invoice.InvoiceTest" time="0.013"/>
  <testcase name="pdfIsArchived" classname="shop.invoice.InvoiceTest" time="0.204">
    <flakyFailure message="expected: &lt;1&gt; but was: &lt;0&gt;" type="org.opentest4j.AssertionFailedError">
      <stackTrace><![CDATA[org.opentest4j.AssertionFailedError: expected: <1> but was: <0>
	at org.junit.jupiter.api.AssertionUtils.fail(AssertionUtils.java:55)
	at shop.invoice.InvoiceTest.pdfIsArchived(InvoiceTest.java:64)]]></stackTrace>
    </flakyFailure>
  </testcase>
</testsuite>
`;
