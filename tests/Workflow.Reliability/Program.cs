// The name alone would be the namespace of a library.
return await Workflow.Reliability.Runs.CommandLine.RunAsync(args);
