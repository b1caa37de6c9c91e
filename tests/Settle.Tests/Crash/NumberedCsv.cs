using System.Text;
using Settle.TestHost;

namespace Settle.Tests.Crash;

/// <summary>Numbered transfers as a file to import.</summary>
internal static class NumberedCsv
{
    public static string Write(TemporaryDirectory directory, int first, int count)
    {
        var path = directory.File($"transfers-{first}-{count}.csv");
        var text = new StringBuilder("id,date,from,to,amount,memo\n");
        foreach (var request in NumberedTransfers.Range(first, count))
        {
            var amount = $"{(long)request.Amount.Units / 100}.{(long)request.Amount.Units % 100:d2}";
            text.Append($"{request.Id},1993-01-05,{request.From},{request.To},{amount},");
            text.Append($"{request.Memo}\n");
        }
        File.WriteAllText(path, text.ToString());
        return path;
    }
}
