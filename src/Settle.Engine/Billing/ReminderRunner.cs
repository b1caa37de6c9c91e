using Settle.Reading;
using Settle.Settling;
using Settle.Views;

namespace Settle.Billing;

/// <summary>
/// One run of reminders: asks one for each customer and asset that owes something overdue. What is
/// paid before its request is decided is not on it, and what another run reminded of has its level
/// already (B22), so it can end anywhere and be made again.
/// </summary>
internal sealed class ReminderRunner(LedgerReader reader, Submitter submitter, Profiles profiles,
    AskedRuns runs, ReminderRunRequest request, string id, DateOnly date)
{
    private const int JobRequests = 500;

    private readonly List<Reminder> _reminders = [];
    private readonly List<ParkedCustomer> _parked = [];
    private long _firstBlock;

    private BillingBook Book => reader.State.Book.Billing;

    /// <exception cref="RejectedException">There is no seller, or no such customer.</exception>
    /// <exception cref="IdReusedException">A run of another day had this id.</exception>
    public async Task<ReminderRun> RunAsync(CancellationToken cancellation)
    {
        await CheckAsync(cancellation).ConfigureAwait(false);
        var targets = await TargetsAsync(cancellation).ConfigureAwait(false);
        await RequireSameAsync(cancellation).ConfigureAwait(false);
        var isBegun = false;
        try
        {
            foreach (var found in targets.Chunk(JobRequests))
            {
                cancellation.ThrowIfCancellationRequested();
                var chunk = await PassAsync(found, cancellation).ConfigureAwait(false);
                if (chunk.Length == 0) continue;
                if (request.DryRun)
                {
                    await TryAsync(chunk, cancellation).ConfigureAwait(false);
                    continue;
                }
                var job = new Job(chunk.Length, 512 * chunk.Length) { KeepsRepeats = true };
                foreach (var (target, fee, _) in chunk) Add(job.Batch, target, fee);
                var made = new Reminder?[chunk.Length];
                job.Committed = i => made[i] = View(job.Entry(i), replayed: false);
                await submitter.SettleAsync(job).ConfigureAwait(false);
                isBegun = true;
                await ConcludeAsync(job, chunk, made, cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (isBegun && e is StoreUnavailableException or ClockSkewException)
        {
            throw new OutcomeUnknownException(id,
                $"a part of the run was decided, then: {e.Message}; send the same id again", e);
        }
        return new ReminderRun
        {
            Id = id, Date = date, DryRun = request.DryRun, Reminders = _reminders, Parked = _parked,
        };
    }

    private async Task CheckAsync(CancellationToken cancellation)
    {
        // What a request of it must look like is known before anything is done.
        Add(new RequestBatch(), new RunTarget(0, request.Customer ?? "any", "", id), 0);
        var refusal = await reader.ReadAsync(() =>
            Book.DurableSeller is null ? RefusalCode.SellerMissing
            : request.Customer is { } customer
                && Book.FindCustomer(Encoding.UTF8.GetBytes(customer)) is var number
                && (number < 0 || number >= Book.Customers.DurableCount)
                ? RefusalCode.UnknownCustomer : RefusalCode.None, cancellation)
            .ConfigureAwait(false);
        if (refusal != RefusalCode.None)
            throw RejectedException.For(refusal, id, 0, replayed: false);
    }

    private async Task RequireSameAsync(CancellationToken cancellation)
    {
        if (request.Id is null || request.DryRun) return;
        var asked = new AskedRun
        {
            Makes = AskedRun.Reminders,
            Date = date,
            IsDefaultDate = request.Date is null,
            Customer = request.Customer,
        };
        await RequireNoOtherAsync(cancellation).ConfigureAwait(false);
        var first = await runs.FirstAsync(id, asked, isMade: _firstBlock > 0, cancellation)
            .ConfigureAwait(false);
        if (first?.DifferingField(asked) is { } field)
            throw new IdReusedException(id, field, _firstBlock);
    }

    // A run for one customer makes nothing of any other one.
    private async Task RequireNoOtherAsync(CancellationToken cancellation)
    {
        if (request.Customer is not { } only) return;
        var others = new List<string>();
        var count = await reader.ReadAsync(() => Book.Accounts.DurableCount, cancellation)
            .ConfigureAwait(false);
        await reader.ReadSlicesAsync(0, count, LedgerReader.SliceRows, (from, to) =>
        {
            for (var i = from; i < to; i++)
            {
                reader.Work.Add();
                var account = Book.Accounts.Durable(i);
                var customer = Book.CustomerName(account.Customer);
                if (customer == only) continue;
                var asset = reader.State.Book.Assets[account.Asset].Code;
                others.Add(RunIds.Of(id, customer, asset, 1));
            }
            return true;
        }, cancellation).ConfigureAwait(false);
        var known = await reader.MayKnowAsync(others, cancellation).ConfigureAwait(false);
        foreach (var other in others.Where((_, i) => known[i]))
        {
            if (await reader.RecallAsync(other, cancellation).ConfigureAwait(false)
                is not { Entry.Kind: EntryKind.Invoice or EntryKind.Reminder } made)
                continue;
            throw new IdReusedException(id,
                made.Entry.Kind == EntryKind.Reminder ? "customer" : "type", made.Height);
        }
    }

    /// <summary>
    /// Whoever may owe something overdue, and in a repeated run whom it reminded before; with the
    /// flat fee of a business.
    /// </summary>
    private async Task<List<Asked>> TargetsAsync(CancellationToken cancellation)
    {
        var all = new List<RunTarget>();
        var isDue = new List<bool>();
        var profileOf = new List<BlockHash>();
        var (count, flatFee) = await reader.ReadAsync(() => (Book.Accounts.DurableCount,
            Book.DurableSeller?.Dunning?.FlatFee ?? 0), cancellation).ConfigureAwait(false);
        await reader.ReadSlicesAsync(0, count, LedgerReader.SliceRows, (from, to) =>
        {
            for (var i = from; i < to; i++)
            {
                reader.Work.Add();
                var account = Book.Accounts.Durable(i);
                var customer = Book.CustomerName(account.Customer);
                if (request.Customer is not null && customer != request.Customer) continue;
                var due = account.FirstUnpaid >= 0;
                if (!due && request.Id is null) continue;
                var asset = reader.State.Book.Assets[account.Asset].Code;
                all.Add(new RunTarget(i, customer, asset, RunIds.Of(id, customer, asset, 1)));
                isDue.Add(due);
                profileOf.Add(Book.Customers.Durable(account.Customer).Profile);
            }
            return true;
        }, cancellation).ConfigureAwait(false);
        var known = request.Id is null ? []
            : await reader.MayKnowAsync(all.Select(target => target.Id), cancellation)
                .ConfigureAwait(false);
        var targets = new List<Asked>();
        for (var i = 0; i < all.Count; i++)
        {
            var wasMade = request.Id is not null && known[i]
                ? await reader.RecallAsync(all[i].Id, cancellation).ConfigureAwait(false) : null;
            if (wasMade is { Entry.Kind: EntryKind.Invoice })
                throw new IdReusedException(id, "type", wasMade.Height);
            if (wasMade is { Entry.Kind: EntryKind.Reminder })
            {
                if (_firstBlock == 0) _firstBlock = wasMade.Height;
                if (wasMade.Batch.Billing(wasMade.Entry).Date != date.DayNumber
                    && request.Date is not null)
                    throw new IdReusedException(id, "date", wasMade.Height);
                targets.Add(new(all[i], wasMade.Batch.Billing(wasMade.Entry).Fee, null));
            }
            else if (isDue[i])
            {
                targets.Add(new(all[i], flatFee > 0 && (await profiles.GetAsync(
                    profileOf[i], cancellation).ConfigureAwait(false))?.VatId is not null
                        ? flatFee : 0, profileOf[i]));
            }
        }
        return targets;
    }

    // Whoever has no name and address any more gets no letter, so a fee would be for nothing.
    private async Task<Asked[]> PassAsync(Asked[] targets, CancellationToken cancellation)
    {
        var refusals = await reader.ReadAsync(() => Array.ConvertAll(targets,
            asked => Try(asked).Refusal), cancellation).ConfigureAwait(false);
        var there = await profiles.GetAllAsync(targets.Select(asked => asked.Profile)
            .OfType<BlockHash>(), cancellation).ConfigureAwait(false);
        var passed = new List<Asked>(targets.Length);
        foreach (var (asked, refusal) in targets.Zip(refusals))
        {
            if (asked.Profile is not { } profile || refusal != RefusalCode.None
                || (there.TryGetValue(profile, out var known)
                    && Profiles.PartyIn(profile, known) is not null))
            {
                passed.Add(asked);
                continue;
            }
            Park(asked.Target, "customer_erased", "the customer's name and address were erased, so "
                + "no letter can be written; put the customer again, or write off what is owed");
        }
        return [.. passed];
    }

    // Decided on the state as it is, and not made.
    private (RequestBatch Batch, RefusalCode Refusal) Try(Asked asked)
    {
        var batch = new RequestBatch();
        Add(batch, asked.Target, asked.Fee);
        var decider = new BillingDecider(Book, new RecalledHistory(reader), follows: _ => true);
        return (batch, decider.Decide(batch, ref batch[0]));
    }

    private void Add(RequestBatch batch, RunTarget target, long fee) =>
        BillingRequests.Add(batch, EntryKind.Reminder, target.Id,
            (RequestBatch to, ref Request asked, ref BillingTerms terms) =>
        {
            terms.Customer = to.Append("customer", target.Customer);
            asked.Asset = to.Append("asset", target.Asset);
            terms.Date = date.DayNumber;
            terms.IsDefaultDate = request.Date is null;
            terms.Fee = fee;
        });

    private Task<bool> TryAsync(
        Asked[] targets, CancellationToken cancellation) => reader.ReadAsync(() =>
    {
        foreach (var asked in targets)
        {
            var (batch, refusal) = Try(asked);
            if (refusal == RefusalCode.None)
            {
                _reminders.Add(View(new RecalledEntry(batch, Height: 0), replayed: false));
            }
            else Park(asked.Target, new Verdict(refusal, Block: 0, Replayed: false));
        }
        return true;
    }, cancellation);

    private async Task ConcludeAsync(Job job, Asked[] targets, Reminder?[] made,
        CancellationToken cancellation)
    {
        for (var i = 0; i < targets.Length; i++)
        {
            var (index, verdict) = (i, job.Verdicts[i]);
            if (verdict.IsSuccessful)
            {
                _reminders.Add(made[i] ?? await reader.ReadAsync(
                    () => View(job.Entry(index), replayed: true), cancellation)
                    .ConfigureAwait(false));
            }
            else if (verdict.Refusal == RefusalCode.IdReused)
            {
                throw new IdReusedException(
                    targets[i].Target.Id, job.DifferingField ?? "date", verdict.Block);
            }
            else Park(targets[i].Target, verdict);
        }
    }

    private void Park(RunTarget target, in Verdict verdict)
    {
        if (verdict.Refusal == RefusalCode.NothingToInvoice) return;
        Park(target, verdict.Refusal.Text(), RejectedException.Sentence(
            verdict.Refusal.Meaning(), target.Id, verdict.Block, verdict.Replayed));
    }

    private void Park(RunTarget target, string code, string reason) =>
        _parked.Add(new ParkedCustomer
        {
            Customer = target.Customer, Asset = target.Asset, Code = code, Reason = reason,
        });

    // The caller holds the state's lock.
    private Reminder View(RecalledEntry entry, bool replayed) => ReminderViews.Reminder(entry,
        BillingJson.ReadReminded(entry.Batch.Bytes(entry.Batch.Billing(entry.Entry).Reminded))
            .ConvertAll(invoice => ReminderViews.Item(reader.State.Book, invoice)),
        reader.Assets, replayed);

    /// <summary>Who is to be reminded.</summary>
    /// <param name="Target">The customer and asset, and the id of the request.</param>
    /// <param name="Fee">The flat fee of a business; 0 for the fees of the levels.</param>
    /// <param name="Profile">The customer's; null if a run of this id reminded before.</param>
    private sealed record Asked(RunTarget Target, long Fee, BlockHash? Profile);
}
