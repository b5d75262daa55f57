package cloud.thalassa.lb.crds.manifest;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one file says.
 *
 * @param manifests the valid objects, in the order of the file
 * @param order every object that is named in it, valid or not, in the order of the file
 * @param refused the objects that are named and not valid, with the first reason
 * @param findings everything that is wrong
 * @param unreadable whether some of the file could not be read, so that it may hold more objects
 * @param foreign kinds in it that are of no concern to us and were not checked
 */
public record Reading(
    List<Manifest> manifests,
    List<Identity> order,
    Map<Identity, Finding> refused,
    List<Finding> findings,
    boolean unreadable,
    Set<String> foreign) {}
