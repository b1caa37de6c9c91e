using Settle.Local;
using Settle.Settling;
using Settle.Tests.Rules;

namespace Settle.Tests.Local;

/// <summary>Lets a ledger live: random requests of all kinds, and what they were told.</summary>
internal sealed class RandomLife(RandomRequests requests, ManualClock clock)
{
    public RandomLife(int seed, ManualClock clock)
        : this(new RandomRequests(seed), clock)
    {
    }

    /// <summary>Each request with its verdict, once per id.</summary>
    public List<(string Id, object Request, Decided Decided)> Told { get; private init; } = [];

    /// <summary>Another life that begins where this one is, with other luck.</summary>
    public RandomLife Copy(ManualClock other) => new(requests.Copy(), other) { Told = [.. Told] };

    public async Task LiveAsync(LocalLedger ledger, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (requests.Random.Next(20) == 0) clock.Now += TimeSpan.FromSeconds(requests.Random.Next(90));
            var (id, request) = requests.Next();
            var decided = await AskAsync(ledger, id, request);
            if (!decided.Replayed && decided.Refusal != RefusalCode.IdReused) Told.Add((id, request, decided));
        }
    }

    /// <summary>Asks everything again: each answer must be the recorded one.</summary>
    public async Task<string?> FindForgottenAsync(LocalLedger ledger)
    {
        foreach (var (id, request, told) in Told)
        {
            var again = await AskAsync(ledger, id, request);
            // Opening an account says nothing of being a repetition.
            var expected = request is AccountRequest && told.Refusal == RefusalCode.None
                ? told : told with { Replayed = true };
            if (again != expected) return $"{id} {request} was {told} and is {again}";
        }
        return null;
    }

    public static async Task<Decided> AskAsync(LocalLedger ledger, string id, object request)
    {
        try
        {
            return new Decided(RefusalCode.None, request switch
            {
                TransferRequest r => (await ledger.TransferAsync(r with { Id = id })).Replayed,
                TransactionRequest r => (await ledger.TransactAsync(r with { Id = id })).Replayed,
                HoldRequest r => (await ledger.HoldAsync(r with { Id = id })).Replayed,
                CaptureRequest r => (await ledger.CaptureAsync(r with { Id = id })).Replayed,
                VoidRequest r => (await ledger.VoidAsync(r with { Id = id })).Replayed,
                RevertRequest r => (await ledger.RevertAsync(r with { Id = id })).Replayed,
                AccountRequest r => await ledger.PutAccountAsync(r with { Id = id }) is null,
                NaiveStrict r => await SwitchAsync(ledger, id, r),
                NaiveAsset r => await DeclareAsync(ledger, id, r),
                _ => throw new ArgumentException(request.GetType().Name),
            });
        }
        catch (IdReusedException e)
        {
            return new Decided(RefusalCode.IdReused, Field: e.Field);
        }
        catch (RejectedException e)
        {
            return new Decided(e.Refusal, e.Replayed);
        }
    }

    // The .NET interface chooses the ids of these itself; a job chooses its own.
    private static async Task<bool> SwitchAsync(LocalLedger ledger, string id, NaiveStrict strict)
    {
        var asset = (await ledger.GetInfoAsync()).Assets[0];
        var job = ledger.Submitter.Rent();
        LedgerEntry.Fill(job.Batch, ref job.Batch.Add(EntryKind.Ledger), asset.Code, asset.Scale,
            strict.IsStrict, id);
        return await SettleAsync(ledger, id, job);
    }

    private static async Task<bool> DeclareAsync(LocalLedger ledger, string id, NaiveAsset asset)
    {
        var job = ledger.Submitter.Rent();
        RequestTexts.Asset(job.Batch, id, asset.Code, asset.Scale);
        return await SettleAsync(ledger, id, job);
    }

    private static async Task<bool> SettleAsync(LocalLedger ledger, string id, Job job)
    {
        await ledger.Submitter.SettleAsync(job);
        var verdict = job.Verdicts[0];
        if (verdict.IsSuccessful) return verdict.Replayed;
        throw verdict.Refusal == RefusalCode.IdReused
            ? new IdReusedException(id, job.DifferingField!, verdict.Block)
            : new RejectedException(verdict.Refusal, id, verdict.Block, verdict.Replayed);
    }
}
