using Settle.Benchmarks;
using Settle.Cli;

NativeLibraries.Use();
// A benchmark starts this program again as the server that it measures.
if (args is [ServerProcess.Verb, var path, var accounts])
{
    await ServerProcess.ServeAsync(path, int.Parse(accounts, CultureInfo.InvariantCulture));
    return 0;
}
return await CommandLine.RunAsync(args, CliContext.OfThisProcess());
