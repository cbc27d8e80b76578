"""ISO 9001 document control for public administrations.

The floor plan, and which way facts may flow::

       a person          a terminal          a due job
          │                  │                   │
         web/               cli/               jobs/      doorways: a request becomes typed values, and back
          └──────────────────┼───────────────────┘
                         usecases/                        one act of document control per function
              ┌──────────────┼──────────────┐
          citations/       model/       formats/          thinking: rules and texts; no IO
                             ▲
                          stores/                         git · sql · index · sandbox

Imports point to the model: stores import the model, the model imports no store. Only ``bootstrap`` constructs
stores, reads the environment and the clock. The doors are kept by the import contracts in ``setup.cfg``.
"""

__version__ = "0.1.0"
