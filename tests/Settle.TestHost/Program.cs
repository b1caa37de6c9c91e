using Settle.TestHost;

// Told to start by a line on standard input, so that several processes start at one moment.
Console.Out.WriteLine("ready;");
await Console.In.ReadLineAsync();
switch (args[0])
{
    case "append":
        await StoreWriting.AppendAsync(args[1], int.Parse(args[2]));
        break;
    case "race":
        await StoreWriting.RaceAsync(args[1], int.Parse(args[2]), int.Parse(args[3]), args[4]);
        break;
    case "endure":
        await StoreWriting.EndureAsync(args[1], int.Parse(args[2]));
        break;
    case "settle":
        await LedgerWriting.SettleAsync(
            args[1], int.Parse(args[2]), int.Parse(args[3]), int.Parse(args[4]), int.Parse(args[5]));
        break;
    case "documents":
        await DocumentSettling.SettleAsync(args[1], args[2]);
        break;
    case "insist":
        await LedgerWriting.InsistAsync(
            args[1], int.Parse(args[2]), int.Parse(args[3]), int.Parse(args[4]), int.Parse(args[5]));
        break;
    case "invoice":
        await BillingWriting.InvoiceAsync(args[1], args[2], args[3]);
        break;
    default:
        Console.Error.WriteLine($"unknown: {args[0]}");
        return 2;
}
return 0;
