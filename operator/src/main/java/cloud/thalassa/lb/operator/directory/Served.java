package cloud.thalassa.lb.operator.directory;

import cloud.thalassa.lb.operator.compile.Compiled;
import cloud.thalassa.lb.operator.compile.Observed;

/** A load balancer as it was last compiled. */
record Served(Observed observed, Compiled compiled) {}
