using Settle.Reading;
using Settle.Settling;

namespace Settle.Billing;

/// <summary>
/// One run: charges what recurs, then asks one invoice for each customer and asset. All that it
/// knows is in the chain, so it can end anywhere and be made again, and any number may run at once:
/// what another one billed is no longer open when this one's request is decided (B2).
/// </summary>
internal sealed class InvoiceRunner(LedgerReader reader, Submitter submitter, AskedRuns runs,
    RunRules rules, RunPlan plan, InvoiceDocuments documents, IProgress<WorkProgress>? progress)
{
    private const int PassTargets = 1000;
    private const int JobRequests = 500;
    private const int JobsInFlight = 8;

    private readonly List<InvoiceSummary> _invoices = [];
    private readonly List<ParkedCustomer> _parked = [];
    private readonly List<string> _warnings = [];
    private Task _writing = Task.CompletedTask;
    private HashSet<int> _told = [];
    private long _charges;
    private long _done;
    private long _total;

    // Then nobody may say that nothing was decided.
    private bool _isBegun;

    private BillingBook Book => reader.State.Book.Billing;

    /// <exception cref="RejectedException">There is no seller, or no such customer.</exception>
    /// <exception cref="OutcomeUnknownException">It ended half-way; it may be repeated.</exception>
    public async Task<InvoiceRun> RunAsync(CancellationToken cancellation)
    {
        try
        {
            return await MakeAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (_isBegun && e is StoreUnavailableException or ClockSkewException)
        {
            throw new OutcomeUnknownException(plan.Id,
                $"a part of the run was decided, then: {e.Message}; send the same id again", e);
        }
        finally
        {
            // Whoever looks for missing documents next will say what went wrong.
            await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<InvoiceRun> MakeAsync(CancellationToken cancellation)
    {
        await CheckAsync(cancellation).ConfigureAwait(false);
        var recurring = await new RecurringCharges(reader, plan).FindAsync(_parked, cancellation)
            .ConfigureAwait(false);
        if (plan.Request.DryRun)
        {
            var dry = new DryRun(reader, plan, recurring);
            _invoices.AddRange(await dry.MakeAsync(rules, _parked, cancellation)
                .ConfigureAwait(false));
            _warnings.AddRange(dry.Warnings);
            _charges = _invoices.Sum(invoice => (long)invoice.Charges);
            await TellUnsettledAsync(cancellation).ConfigureAwait(false);
            return Result(recurring.Count, plan.Date);
        }
        await new RepeatedRun(reader, runs, plan).RequireSameAsync(cancellation)
            .ConfigureAwait(false);
        var charged = await ChargeAsync(recurring, cancellation).ConfigureAwait(false);
        var targets = await FirstTargetsAsync(cancellation).ConfigureAwait(false);
        _total = targets.Count;
        for (var part = 1; targets.Count > 0; part++)
        {
            var full = await AskAllAsync(targets, part, cancellation).ConfigureAwait(false);
            if (_told.Count > 0)
                full = await PassToldAsync(full, part + 1, cancellation).ConfigureAwait(false);
            targets = [.. full.Select(target => target with
            {
                Id = plan.InvoiceId(target.Customer, target.Asset, part + 1), Part = part + 1,
            })];
        }
        await TellUnsettledAsync(cancellation).ConfigureAwait(false);
        // A new one has the date that was asked for.
        return Result(charged, !_invoices.Exists(invoice => invoice.Replayed) ? plan.Date
            : await reader.ReadAsync(DateOfRun, cancellation).ConfigureAwait(false));
    }

    // A run that is made again on another day keeps its date.
    private DateOnly DateOfRun() =>
        Book.FindRun(Encoding.UTF8.GetBytes(plan.Id)) is var run and >= 0
            && run < Book.Runs.DurableCount
            ? DateOnly.FromDayNumber(Book.Runs.Durable(run).Date) : plan.Date;

    private InvoiceRun Result(long recurring, DateOnly date) => new()
    {
        Id = plan.Id,
        Through = plan.Request.Through,
        Date = date,
        DryRun = plan.Request.DryRun,
        Invoices = _invoices,
        Parked = _parked,
        Warnings = _warnings.Count + rules.Warnings.Count == 0 ? null
            : [.. _warnings, .. rules.Warnings],
        Charges = _charges,
        Recurring = recurring,
    };

    private async Task CheckAsync(CancellationToken cancellation)
    {
        // What a request of it must look like is known before anything is done.
        plan.Add(new RequestBatch(), new RunTarget(0, plan.Request.Customer ?? "any", "", plan.Id));
        var refusal = await reader.ReadAsync(() =>
            Book.DurableSeller is null ? RefusalCode.SellerMissing
            : plan.Request.Customer is { } customer
                && Book.FindCustomer(Encoding.UTF8.GetBytes(customer)) is var number
                && (number < 0 || number >= Book.Customers.DurableCount)
                ? RefusalCode.UnknownCustomer : RefusalCode.None, cancellation)
            .ConfigureAwait(false);
        if (refusal != RefusalCode.None)
            throw RejectedException.For(refusal, plan.Id, 0, replayed: false);
    }

    private async Task<long> ChargeAsync(
        List<RecurringCharge> recurring, CancellationToken cancellation)
    {
        long charged = 0;
        foreach (var chunk in recurring.Chunk(JobRequests))
        {
            cancellation.ThrowIfCancellationRequested();
            var job = new Job(chunk.Length, 512 * chunk.Length);
            foreach (var charge in chunk) charge.Add(job.Batch);
            await submitter.SettleAsync(job).ConfigureAwait(false);
            _isBegun = true;
            for (var i = 0; i < chunk.Length; i++)
            {
                var verdict = job.Verdicts[i];
                if (verdict.IsSuccessful && !verdict.Replayed) charged++;
                if (verdict.IsSuccessful || verdict.Refusal == RefusalCode.NothingToInvoice
                    || (verdict.Refusal == RefusalCode.IdReused
                    && await IsChargedAsync(chunk[i], cancellation).ConfigureAwait(false)))
                    continue;
                Park(chunk[i].Customer, chunk[i].Asset, verdict,
                    verdict.Refusal.Meaning(), chunk[i].Id);
            }
        }
        return charged;
    }

    // By another run, which saw another end of the subscription.
    private Task<bool> IsChargedAsync(RecurringCharge charge, CancellationToken cancellation) =>
        reader.ReadAsync(() =>
        {
            var number = Book.FindSubscription(Encoding.UTF8.GetBytes(charge.Subscription));
            return charge.IsRest ? Book.IsNoted(number, charge.Part.FirstDay)
                : Book.Subscriptions.Durable(number).ChargedThrough >= charge.Part.LastDay;
        }, cancellation);

    /// <summary>
    /// The targets whose invoice may be sent, and those whose invoice the run made before: that one
    /// is told again, whatever the customer's next one lacks. The others are parked.
    /// </summary>
    private async Task<List<RunTarget>> PassAsync(
        List<RunTarget> targets, int part, CancellationToken cancellation)
    {
        var faults = new List<ParkedCustomer>();
        var passed = (await rules.PassAsync(targets, faults, cancellation).ConfigureAwait(false))
            .ToHashSet();
        var failed = targets.FindAll(target => !passed.Contains(target));
        // Only those are looked up: nearly all of a repeated run have nothing open, and pass.
        if (plan.MayRepeat)
        {
            _told.UnionWith((await KnownAsync(failed, part, cancellation).ConfigureAwait(false))
                .Select(target => target.Account));
        }
        _parked.AddRange(failed.Zip(faults)
            .Where(each => !_told.Contains(each.First.Account)).Select(each => each.Second));
        return targets.FindAll(
            target => passed.Contains(target) || _told.Contains(target.Account));
    }

    // What is told has passed no rule, so its next part must.
    private async Task<List<RunTarget>> PassToldAsync(
        List<RunTarget> full, int part, CancellationToken cancellation)
    {
        var told = _told;
        _told = [];
        var passed = (await PassAsync(
            full.FindAll(target => told.Contains(target.Account)), part, cancellation)
            .ConfigureAwait(false)).ToHashSet();
        return full.FindAll(
            target => !told.Contains(target.Account) || passed.Contains(target));
    }

    /// <summary>Whoever has open charges; in a repeated run also who had some before.</summary>
    private async Task<List<RunTarget>> FirstTargetsAsync(CancellationToken cancellation)
    {
        var (all, open) = await reader.ReadAsync(() =>
        {
            var all = new List<RunTarget>();
            var open = new List<bool>();
            for (var i = 0; i < Book.Accounts.DurableCount; i++)
            {
                ref readonly var account = ref Book.Accounts[i];
                var customer = Book.CustomerName(account.Customer);
                if (plan.Request.Customer is not null && customer != plan.Request.Customer)
                    continue;
                var isOpen = IsOpen(i);
                if (!isOpen && !plan.MayRepeat) continue;
                all.Add(plan.FirstOf(Book, i));
                open.Add(isOpen);
            }
            return (all, open);
        }, cancellation).ConfigureAwait(false);
        if (!plan.MayRepeat) return all;
        var known = await reader.MayKnowAsync(
            all.Select(target => target.Id), cancellation).ConfigureAwait(false);
        return [.. all.Where((_, i) => open[i] || known[i])];
    }

    private bool IsOpen(int account)
    {
        var height = Book.DurableHeight;
        for (var at = Book.Charges.FirstOf(account); at >= 0; at = Book.Charges[at].Next)
        {
            ref readonly var charge = ref Book.Charges[at];
            if (charge.Date <= plan.Through && charge.Location.Height <= height
                && !charge.IsNothing && (charge.BilledAt == 0 || charge.BilledAt > height))
                return true;
        }
        return false;
    }

    /// <summary>
    /// Asks for invoices, many at once so that they share blocks, and judges the next ones and
    /// writes the documents of those before meanwhile; gives back the ones that were full, whose
    /// customers may have more.
    /// </summary>
    private async Task<List<RunTarget>> AskAllAsync(
        List<RunTarget> targets, int part, CancellationToken cancellation)
    {
        var full = new List<RunTarget>();
        var inFlight = new Queue<
            (Job Job, RunTarget[] Targets, MadeInvoice?[] Left, Task Answer)>();
        try
        {
            foreach (var group in targets.Chunk(PassTargets))
                await AskAsync(await JudgeAsync(group).ConfigureAwait(false)).ConfigureAwait(false);
            while (inFlight.Count > 0) await FinishAsync().ConfigureAwait(false);
        }
        finally
        {
            // One failure must not hide what becomes of the others.
            await Task.WhenAll(inFlight.Select(each => each.Answer))
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _isBegun |= inFlight.Any(each => each.Answer.IsCompletedSuccessfully);
        }
        return full;

        async Task<List<RunTarget>> JudgeAsync(RunTarget[] group)
        {
            if (part > 1) return [.. group];
            var passed = await PassAsync([.. group], part, cancellation).ConfigureAwait(false);
            _done += group.Length - passed.Count;
            return passed;
        }

        async Task AskAsync(List<RunTarget> group)
        {
            foreach (var chunk in group.Chunk(JobRequests))
            {
                cancellation.ThrowIfCancellationRequested();
                var job = new Job(chunk.Length, 512 * chunk.Length) { KeepsRepeats = true };
                foreach (var target in chunk) plan.Add(job.Batch, target);
                var left = new MadeInvoice?[chunk.Length];
                job.Committed = i => left[i] = MadeInvoice.Of(
                    reader.State.Book, plan, chunk[i], job.Entry(i), replayed: false);
                inFlight.Enqueue((job, chunk, left, submitter.SettleAsync(job).AsTask()));
                if (inFlight.Count >= JobsInFlight) await FinishAsync().ConfigureAwait(false);
            }
        }

        async Task FinishAsync()
        {
            var (job, asked, left, answer) = inFlight.Dequeue();
            await answer.ConfigureAwait(false);
            _isBegun = true;
            full.AddRange(
                await ConcludeAsync(job, asked, left, part, cancellation).ConfigureAwait(false));
            if (part == 1) _done += asked.Length;
            progress?.Report(new WorkProgress(_done, _total));
            if (_writing.IsCompleted) _writing = documents.StartHealing(cancellation);
        }
    }

    // Whoever's invoice was full.
    private async Task<List<RunTarget>> ConcludeAsync(Job job, RunTarget[] targets,
        MadeInvoice?[] left, int part, CancellationToken cancellation)
    {
        var (full, repeated) = (new List<RunTarget>(), new List<RunTarget>());
        for (var i = 0; i < targets.Length; i++)
        {
            var (index, verdict) = (i, job.Verdicts[i]);
            switch (verdict.Refusal)
            {
                case RefusalCode.None:
                    var made = left[i] ?? await reader.ReadAsync(() => MadeInvoice.Of(
                        reader.State.Book, plan, targets[index], job.Entry(index), replayed: true),
                        cancellation).ConfigureAwait(false);
                    Note(made);
                    if (made.HasMore) full.Add(targets[i]);
                    else if (verdict.Replayed) repeated.Add(targets[i]);
                    break;
                case RefusalCode.NothingToInvoice:
                    break; // Another run was faster.
                case RefusalCode.IdReused:
                    throw new IdReusedException(
                        targets[i].Id, job.DifferingField ?? "through", verdict.Block);
                default:
                    await ParkAsync(targets[i], verdict, cancellation).ConfigureAwait(false);
                    break;
            }
        }
        full.AddRange(await KnownAsync(repeated, part + 1, cancellation).ConfigureAwait(false));
        return full;
    }

    private void Note(MadeInvoice made)
    {
        _invoices.Add(made.Summary);
        _charges += made.Summary.Charges;
        if (made.Warning is { } warning) _warnings.Add(warning);
        if (made.OfDeposits is { } deposits) _warnings.Add(deposits);
    }

    /// <summary>Those whose next part was made when the run was first made.</summary>
    private async Task<List<RunTarget>> KnownAsync(
        List<RunTarget> targets, int part, CancellationToken cancellation)
    {
        var found = new List<RunTarget>();
        if (targets.Count == 0) return found;
        var ids = targets.ConvertAll(
            target => plan.InvoiceId(target.Customer, target.Asset, part));
        var may = await reader.MayKnowAsync(ids, cancellation).ConfigureAwait(false);
        for (var i = 0; i < ids.Count; i++)
        {
            if (may[i] && await reader.RecallAsync(ids[i], cancellation).ConfigureAwait(false)
                is not null)
                found.Add(targets[i]);
        }
        return found;
    }

    // Whoever names deposits must hear that no invoice settles them.
    private async Task TellUnsettledAsync(CancellationToken cancellation)
    {
        if (plan.Request.Settles is not { Count: > 0 }) return;
        var assets = _invoices.Select(invoice => invoice.Asset)
            .Concat(_parked.Select(parked => parked.Asset)).ToHashSet();
        _parked.AddRange(await reader.ReadAsync(
            () => new DepositFaults(reader, plan).NotBilled(assets).ToList(), cancellation)
            .ConfigureAwait(false));
    }

    private async Task ParkAsync(
        RunTarget target, Verdict verdict, CancellationToken cancellation) =>
        Park(target.Customer, target.Asset, verdict, await reader.ReadAsync(
            () => new DepositFaults(reader, plan).Reason(verdict.Refusal,
                plan.SettledOf(Book, Book.Accounts[target.Account].Customer, target.Account),
                target.Asset, rules.AmountOf(target)), cancellation).ConfigureAwait(false),
            target.Id);

    private void Park(
        string customer, string asset, in Verdict verdict, string reason, string id) =>
        _parked.Add(new ParkedCustomer
        {
            Customer = customer,
            Asset = asset,
            Code = verdict.Refusal.Text(),
            Reason = RejectedException.Sentence(reason, id, verdict.Block, verdict.Replayed),
        });
}
