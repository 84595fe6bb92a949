/** What gotestsum writes with --junitfile and --rerun-fails for the shop's worker: a test that failed once and then passed. */
export const gotestsumReport = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="5" failures="1" errors="0" time="2.117">
	<testsuite tests="5" failures="1" time="2.117000" name="shop/worker/queue" timestamp="2026-03-04T10:02:30Z">
		<testcase classname="shop/worker/queue" name="TestPushAndPop" time="0.010000"></testcase>
		<testcase classname="shop/worker/queue" name="TestRetriesWithBackoff" time="1.040000">
			<failure message="Failed" type="">=== RUN   TestRetriesWithBackoff&#xA;    queue_test.go:88: third try came after 61ms, want at least 80ms&#xA;--- FAIL: TestRetriesWithBackoff (1.04s)&#xA;</failure>
		</testcase>
		<testcase classname="shop/worker/queue" name="TestDrainsOnShutdown" time="0.030000"></testcase>
		<testcase classname="shop/worker/queue" name="TestDrainsOnShutdown/while_busy" time="0.020000"></testcase>
		<testcase classname="shop/worker/queue" name="TestRetriesWithBackoff" time="1.017000"></testcase>
	</testsuite>
</testsuites>
`;
