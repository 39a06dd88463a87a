// The name alone would be the namespace of a library.
return await Workflow.Benchmarks.CommandLine.RunAsync(args);
