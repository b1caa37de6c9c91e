using Settle.Cli;

return await CommandLine.RunAsync(args, CliContext.OfThisProcess());
