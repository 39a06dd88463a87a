using Workflow.Server.Commands;

return await CommandLine.RunAsync(args);
