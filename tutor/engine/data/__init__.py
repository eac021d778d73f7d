"""The data that the engine learns from: named sets, files, typed points, and the pipeline that makes them ready."""
