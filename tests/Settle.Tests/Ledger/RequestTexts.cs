using Settle.Settling;


namespace Settle.Tests.Rules;

/// <summary>Requests for the rules alone, written as in a table, amounts in the minor unit.</summary>
internal static class RequestTexts
{
    public static RequestBatch Batch(string text)
    {
        var batch = new RequestBatch();
        var step = new TableStep(text);
        switch (step.Word())
        {
            case "ledger":
                ref var ledger = ref batch.Add(EntryKind.Ledger);
                LedgerEntry.Fill(batch, ref ledger, step.Word(), (int)step.Amount());
                break;
            case "strict":
                ref var terms = ref batch.Add(EntryKind.Ledger);
                LedgerEntry.Fill(batch, ref terms, "USD", 2, step.Word() == "on", step.Word());
                break;
            case "asset":
                Asset(batch, step.Word(), step.Word(), (int)step.Amount());
                break;
            case "open":
                Open(batch, step);
                break;
            case "transfer":
                var id = step.Word();
                var posting = step.Posting();
                LedgerRequests.Read(batch, new TransferRequest
                    { From = posting.From, To = posting.To, Amount = posting.Amount }, id, Dollars);
                if (step.Is("by")) batch[0].Author = batch.Append("author", step.Word());
                batch[0].IsTeller = step.Is("teller");
                RequestRules.Check(batch, ref batch[0]);
                break;
            case "hold":
                var hold = step.Word();
                var held = step.Posting();
                LedgerRequests.Read(batch, new HoldRequest
                {
                    From = held.From, To = held.To, Amount = held.Amount,
                    ExpiresIn = step.SpanIfAny(),
                }, hold, Dollars);
                break;
            case "transaction":
                var transaction = step.Word();
                var postings = new List<Posting>();
                do postings.Add(step.Posting());
                while (step.Is("+"));
                LedgerRequests.Read(batch, new TransactionRequest { Postings = postings }, transaction, Dollars);
                break;
            case "capture":
                var capture = step.Word();
                LedgerRequests.Read(batch,
                    new CaptureRequest { Hold = step.Word() }, capture, step.AmountIfAny());
                break;
            case "void":
                var end = step.Word();
                LedgerRequests.Read(batch, new VoidRequest { Hold = step.Word() }, end);
                break;
            case "revert":
                var revert = step.Word();
                LedgerRequests.Read(
                    batch, new RevertRequest { Reverts = step.Word() }, revert, step.AmountIfAny());
                break;
            default:
                throw new FormatException(text);
        }
        return batch;
    }

    public static void Asset(RequestBatch batch, string id, string asset, int scale)
    {
        ref var request = ref batch.Add(EntryKind.Asset);
        request.Id = batch.Append("id", id);
        request.Asset = batch.Append("asset", asset);
        request.Scale = scale;
        RequestRules.Check(batch, ref request);
    }

    private static void Open(RequestBatch batch, TableStep step)
    {
        var request = new AccountRequest { Account = step.Word() };
        while (!step.IsOver)
        {
            request = step.Word() switch
            {
                "ceiling" => request with { Ceiling = Ceiling.Of(Minor(step.Amount())) },
                "overdraft" => request with { Overdraft = Overdraft.Of(Minor(step.Amount())) },
                "closed" => request with { Closed = true },
                "owner" => request with { Owners = [.. request.Owners ?? [], step.Word()] },
                var other => throw new FormatException(other),
            };
        }
        LedgerRequests.Read(batch, request, "open " + request.Account, Dollars);
    }
}
