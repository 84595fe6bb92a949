import type { XmlFormat } from './format.ts';
import { boostTest } from './formats/boost-test.ts';
import { catch2 } from './formats/catch2.ts';
import { checkstyle } from './formats/checkstyle.ts';
import { clover } from './formats/clover.ts';
import { cobertura } from './formats/cobertura.ts';
import { cppcheck } from './formats/cppcheck.ts';
import { cppunit } from './formats/cppunit.ts';
import { ctest } from './formats/ctest.ts';
import { cyclonedxXml } from './formats/cyclonedx-xml.ts';
import { dependencyCheckXml } from './formats/dependency-check-xml.ts';
import { dotcover } from './formats/dotcover.ts';
import { jacoco } from './formats/jacoco.ts';
import { junit } from './formats/junit.ts';
import { nunit2 } from './formats/nunit2.ts';
import { nunit3 } from './formats/nunit3.ts';
import { opencover } from './formats/opencover.ts';
import { pit } from './formats/pit.ts';
import { pmd } from './formats/pmd.ts';
import { qtest } from './formats/qtest.ts';
import { robot } from './formats/robot.ts';
import { scoverage } from './formats/scoverage.ts';
import { sonarCoverage } from './formats/sonar-coverage.ts';
import { sonarTests } from './formats/sonar-tests.ts';
import { spotbugs } from './formats/spotbugs.ts';
import { testng } from './formats/testng.ts';
import { trx } from './formats/trx.ts';
import { unittestCpp } from './formats/unittest-cpp.ts';
import { visualStudio } from './formats/visual-studio.ts';
import { xunit } from './formats/xunit.ts';

/** The formats in XML, the more specific first where two look alike. */
export const xmlFormats = [
  trx,
  nunit3,
  nunit2,
  xunit,
  robot,
  junit,
  ctest,
  boostTest,
  qtest,
  catch2,
  unittestCpp,
  cppunit,
  sonarTests,
  testng,
  clover,
  cobertura,
  jacoco,
  sonarCoverage,
  opencover,
  dotcover,
  visualStudio,
  scoverage,
  pit,
  checkstyle,
  cppcheck,
  pmd,
  spotbugs,
  dependencyCheckXml,
  cyclonedxXml,
] as const satisfies readonly XmlFormat[];
