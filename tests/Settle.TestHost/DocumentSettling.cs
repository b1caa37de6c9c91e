namespace Settle.TestHost;

/// <summary>Settles what is dropped into a database, until the process is killed.</summary>
internal static class DocumentSettling
{
    public static async Task SettleAsync(string location, string cache)
    {
        await using var ledger = await Ledger.OpenAsync(location, new LedgerOptions
        {
            CacheFolder = cache,
            MustExist = true,
            Warn = Console.Error.WriteLine,
        });
        Console.Out.WriteLine("open;");
        await Console.In.ReadLineAsync();
    }
}
