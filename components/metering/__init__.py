"""What a monitoring system is told of this process: counters and histograms for Prometheus.

    labels       who was asked, as label values that are few and tell nothing of a person
    instruments  the figures, in a registry of their own
    meter        Meter: what the parts of the app tell when something has happened
    serving      the figures by HTTP, on a port of their own

Nobody here asks anybody anything but what is in progress: the others call, through what they are
given when they are made. Names and units follow
https://prometheus.io/docs/practices/naming/.
"""

from components.metering.meter import Meter
from components.metering.serving import served

__all__ = ["Meter", "served"]
