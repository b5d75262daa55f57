/** lb-api as its clients see it: the program on a real API server and a real PostgreSQL. */
@NullMarked
package cloud.thalassa.lb.rest;

import org.jspecify.annotations.NullMarked;
