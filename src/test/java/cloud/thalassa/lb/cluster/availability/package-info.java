/** The promise of availability, row by row, on a real cluster under load. */
package cloud.thalassa.lb.cluster.availability;
