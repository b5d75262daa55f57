/** What the JSON of clients means in our kinds, and how our kinds read as JSON. */
@NullMarked
package cloud.thalassa.lb.api.translate;

import org.jspecify.annotations.NullMarked;
