using Workflow.Benchmarks;

return await CommandLine.RunAsync(args);
