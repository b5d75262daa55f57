/** HealthReports: composed from verdicts, written when they change. */
@NullMarked
package cloud.thalassa.lb.healthchecker.report;

import org.jspecify.annotations.NullMarked;
