using System.Text;

namespace Settle.TestHost;

/// <summary>Settles numbered transfers and prints each verdict that the ledger gave.</summary>
internal static class LedgerWriting
{
    /// <summary>Settles a range of transfers in batches, some of them in flight at once.</summary>
    public static async Task SettleAsync(string path, int first, int count, int batch, int inFlight)
    {
        await using var ledger = await Ledger.OpenAsync(path);
        var next = first - batch;
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                var from = Interlocked.Add(ref next, batch);
                var size = Math.Min(batch, first + count - from);
                if (size <= 0)
                    return;
                await SettleAsync(ledger, NumberedTransfers.Range(from, size));
            }
        })));
    }

    /// <summary>
    /// The same, but in bad weather every batch is sent again until it is answered. Prints
    /// <c>unavailable</c> or <c>unknown</c> for every time that it is not.
    /// </summary>
    public static async Task InsistAsync(string path, int first, int count, int batch, int inFlight)
    {
        await using var ledger = await OpenInsistingAsync(path);
        var next = first - batch;
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                var from = Interlocked.Add(ref next, batch);
                var size = Math.Min(batch, first + count - from);
                if (size <= 0)
                    return;
                while (!await TrySettleAsync(ledger, NumberedTransfers.Range(from, size)))
                    await Task.Delay(50);
            }
        })));
    }

    private static async Task<ILedger> OpenInsistingAsync(string path)
    {
        while (true)
        {
            try
            {
                return await Ledger.OpenAsync(path);
            }
            catch (StoreUnavailableException)
            {
                await Task.Delay(50);
            }
        }
    }

    private static async Task<bool> TrySettleAsync(ILedger ledger, TransferRequest[] requests)
    {
        try
        {
            await SettleAsync(ledger, requests);
            return true;
        }
        catch (StoreUnavailableException)
        {
            Console.Out.WriteLine("unavailable;");
        }
        catch (OutcomeUnknownException)
        {
            Console.Out.WriteLine("unknown;");
        }
        return false;
    }

    private static async Task SettleAsync(ILedger ledger, TransferRequest[] requests)
    {
        var verdicts = await ledger.TransferBatchAsync(requests);
        var lines = new StringBuilder();
        for (var at = 0; at < requests.Length; at++)
            lines.Append($"{requests[at].Id} {verdicts[at].Refusal} {verdicts[at].Block};\n");
        Console.Out.Write(lines);
    }
}
