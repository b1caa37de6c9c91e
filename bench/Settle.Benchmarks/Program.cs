using System.Globalization;
using Settle.Benchmarks;

if (args is [ServerProcess.Verb, var path, var port])
{
    await ServerProcess.ServeAsync(path, int.Parse(port, CultureInfo.InvariantCulture));
    return;
}
var options = new BenchmarkOptions { Workloads = args };
Console.WriteLine(BenchmarkRun.Conditions(options));
await BenchmarkRun.RunAsync(options, result => Console.WriteLine(BenchmarkText.Line(result)));
