"""The workbench: where a learner types a problem of their own, or opens one, and works it in every way there is."""
