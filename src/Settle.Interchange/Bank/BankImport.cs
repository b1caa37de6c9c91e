using Settle.Billing;

namespace Settle.Bank;

/// <summary>
/// Posts the sure matches of a bank statement, each once however often a file is imported, and
/// tells what the others may be: payments of open invoices, and payments that the bank took back.
/// </summary>
internal sealed class BankImport(ILedger ledger)
{
    // Many lines share a block, and a sync of the disk.
    private const int InFlight = 512;

    // A payer may have a direct debit returned for thirteen months.
    private const int ReturnDays = 400;

    /// <param name="input">The bank's file.</param>
    /// <param name="posts">False to show only what would be posted.</param>
    /// <param name="progress">Receives how many lines are done; null for nobody.</param>
    /// <param name="cancellation">Stops between two lines.</param>
    /// <exception cref="InvalidRequestException">It is not a bank statement.</exception>
    public async Task<BankReport> RunAsync(Stream input, bool posts,
        IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var warnings = new List<string>();
        var lines = BankFile.Read(input, warnings.Add, cancellation);
        var told = await EachAsync(lines, line => RecallAsync(line, cancellation),
            "looking up", progress, cancellation).ConfigureAwait(false);
        var fresh = await EachAsync([.. lines.Where((_, at) => told[at] is null)],
            line => ContinueAsync(line, cancellation),
            "matching", progress, cancellation).ConfigureAwait(false);
        var books = fresh.Count == 0 ? new BankBooks([])
            : await BooksAsync(fresh, cancellation).ConfigureAwait(false);
        var matches = BankMatcher.Match(fresh, books, cancellation);
        var posted = await PostAsync(matches, posts, progress, cancellation).ConfigureAwait(false);
        var done = told.ConvertAll(line => line ?? posted.Dequeue());
        return new BankReport
        {
            Posted = done.Count(line => line.Status == BankLineStatus.Posted),
            Known = done.Count(line => line.Status == BankLineStatus.Known),
            Doubtful = done.Count(IsToDecide),
            Lines = done,
            Warnings = warnings.Count == 0 ? null : warnings,
        };
    }

    // Outgoing money is not decided here, unless it is a customer's payment that was taken back.
    private static bool IsToDecide(BankReportLine line) => line.Status switch
    {
        BankLineStatus.Doubtful or BankLineStatus.Refused => true,
        BankLineStatus.None => !line.Amount.IsNegative && !line.Amount.IsZero,
        _ => false,
    };

    private static async Task<List<TResult>> EachAsync<T, TResult>(IReadOnlyList<T> items,
        Func<T, Task<TResult>> make, string what, IProgress<WorkProgress>? progress,
        CancellationToken cancellation)
    {
        var made = new List<TResult>(items.Count);
        foreach (var chunk in items.Chunk(InFlight))
        {
            cancellation.ThrowIfCancellationRequested();
            made.AddRange(await Task.WhenAll(chunk.Select(make)).ConfigureAwait(false));
            progress?.Report(new WorkProgress(made.Count, items.Count, what));
        }
        return made;
    }

    /// <summary>What became of a line before; null when it is not done.</summary>
    private async Task<BankReportLine?> RecallAsync(
        BankLine line, CancellationToken cancellation)
    {
        if (await FindAsync(line.Id, cancellation).ConfigureAwait(false) is not { } entry)
            return null;
        if (entry.TryGetProperty("reason", out var reason))
            return Refused(line, reason.GetString()!);
        if (await DifferenceAsync(line, entry, cancellation).ConfigureAwait(false)
            is not { } other)
            return Told(line, BankLineStatus.Known, "it was posted before");
        var apart = line with { Id = BankLineIds.Apart(line) };
        return await FindAsync(apart.Id, cancellation).ConfigureAwait(false) is { } own
            && !own.TryGetProperty("reason", out _)
            ? Told(apart, BankLineStatus.Known, "it was posted before")
            : Told(apart, BankLineStatus.Doubtful, "a line with the same reference was posted "
                + $"before, with a different {other}; if this is another payment, post it with "
                + "this id");
    }

    /// <summary>
    /// How a line differs from the one that was posted under its id; null if it does not. What has
    /// no reference was posted by a person, who decided what it is.
    /// </summary>
    private async Task<string?> DifferenceAsync(
        BankLine line, JsonElement entry, CancellationToken cancellation)
    {
        if (!entry.TryGetProperty("memo", out var memo)) return null;
        if (!BankTexts.IsSame(memo.GetString()!, line.Memo)) return "payer or text";
        if (!entry.TryGetProperty("date_default", out _)
            && entry.TryGetProperty("date", out var date)
            && date.GetString() != line.Date.ToString("O", CultureInfo.InvariantCulture))
            return "day";
        var amount = line.Original ?? line.Amount;
        var posted = entry.GetProperty("amount").GetInt64();
        if (posted != amount)
        {
            posted += (await ContinueAsync(line, cancellation).ConfigureAwait(false)).Posted
                - line.Posted;
        }
        return posted == amount ? null : "amount";
    }

    /// <summary>A line that is posted in several parts, as far as it has come.</summary>
    private async Task<BankLine> ContinueAsync(BankLine line, CancellationToken cancellation)
    {
        for (var part = 1; ; part++)
        {
            if (await FindAsync(line.PartId(part), cancellation).ConfigureAwait(false)
                is not { } entry)
                return line;
            var isPosted = !entry.TryGetProperty("reason", out _);
            line = line with
            {
                Posted = line.Posted + (isPosted ? entry.GetProperty("amount").GetInt64() : 0),
                PostedParts = part,
                Paid = isPosted && entry.TryGetProperty("invoice", out var invoice)
                    ? [.. line.Paid, invoice.GetString()!] : line.Paid,
                TakenBack = isPosted && entry.TryGetProperty("payment", out var payment)
                    ? [.. line.TakenBack, payment.GetString()!] : line.TakenBack,
            };
        }
    }

    private async Task<JsonElement?> FindAsync(string id, CancellationToken cancellation)
    {
        var entry = await ledger.GetEntryAsync(id, cancellation).ConfigureAwait(false);
        if (entry is null) return null;
        using var json = JsonDocument.Parse(entry.Body);
        return json.RootElement.Clone();
    }

    /// <summary>
    /// Posts payments before what takes them back, and only if they were posted.
    /// </summary>
    private async Task<Queue<BankReportLine>> PostAsync(IReadOnlyList<BankMatch> matches,
        bool posts, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var paid = await EachAsync([.. matches.Where(match => !match.Line.IsReturn)],
            match => PostAsync(match, posts, cancellation),
            "posting", progress, cancellation).ConfigureAwait(false);
        var unpaid = paid.Zip(matches.Where(match => !match.Line.IsReturn))
            .Where(pair => pair.First.Status == BankLineStatus.Refused)
            .SelectMany(pair => pair.Second.Payments.Select(payment => payment.Id!))
            .ToHashSet(StringComparer.Ordinal);
        var returned = await EachAsync([.. matches.Where(match => match.Line.IsReturn)],
            match => match.Chargebacks.Any(back => unpaid.Contains(back.Payment))
                ? Task.FromResult(Told(match.Line, BankLineStatus.Doubtful,
                    $"{match.Reason}, but that was refused"))
                : PostAsync(match, posts, cancellation),
            "posting", progress, cancellation).ConfigureAwait(false);
        var (payment, back) = (new Queue<BankReportLine>(paid),
            new Queue<BankReportLine>(returned));
        return new(matches.Select(match => (match.Line.IsReturn ? back : payment).Dequeue()));
    }

    private async Task<BankReportLine> PostAsync(
        BankMatch match, bool posts, CancellationToken cancellation)
    {
        if (match.Certainty != BankLineStatus.Certain || !posts)
            return Told(match.Line, match.Certainty, match.Reason, match);
        try
        {
            // The first one has the line's own id, and says that the line is done.
            foreach (var payment in match.Payments.Skip(1).Concat(match.Payments.Take(1)))
            {
                await ledger.Billing.PayAsync(payment, CancellationToken.None)
                    .ConfigureAwait(false);
            }
            foreach (var back in match.Chargebacks.Skip(1).Concat(match.Chargebacks.Take(1)))
            {
                await ledger.Billing.ChargebackAsync(back, CancellationToken.None)
                    .ConfigureAwait(false);
            }
            return Told(match.Line, BankLineStatus.Posted, match.Reason, match);
        }
        catch (InvalidRequestException e) when (e.Field == "date")
        {
            return Told(match.Line, BankLineStatus.Doubtful, e.Message);
        }
        catch (RejectedException e)
        {
            // Somebody else may have posted the line meanwhile, in another way.
            return await RecallAsync(match.Line, cancellation).ConfigureAwait(false)
                ?? Refused(match.Line, e.Code);
        }
    }

    private async Task<BankBooks> BooksAsync(
        IReadOnlyList<BankLine> lines, CancellationToken cancellation)
    {
        var billing = ledger.Billing;
        var names = new Dictionary<string, string?>(StringComparer.Ordinal);
        var open = new List<OpenInvoice>();
        var others = new List<KnownNumber>();
        var reminders = new NumberIndex<string>();
        await foreach (var invoice in billing.AllInvoicesAsync(
            new() { Limit = Pages.LimitMax }, cancellation).ConfigureAwait(false))
        {
            for (var level = 1; level <= invoice.ReminderLevel; level++)
            {
                var number = ReminderDraft.NumberOf(invoice.Number, level);
                reminders.Set(number, number);
            }
            var isCreditNote = invoice.Kind == InvoiceType.CreditNote;
            if (isCreditNote || invoice.Status != InvoiceStatus.Open)
            {
                others.Add(new KnownNumber(invoice.Number, null, isCreditNote));
                continue;
            }
            if (!names.TryGetValue(invoice.Customer, out var name))
            {
                var customer = await billing.GetCustomerAsync(invoice.Customer, cancellation)
                    .ConfigureAwait(false);
                names[invoice.Customer] = name = customer?.Party?.Name;
            }
            open.Add(new OpenInvoice(invoice.Number, invoice.Customer, name, invoice.Asset,
                invoice.Date, (long)invoice.Amount.Units, (long)invoice.Open.Units)
            {
                CashDiscounts = invoice.CashDiscounts ?? [],
            });
        }
        return new BankBooks(open)
        {
            Others = others,
            Debits = await DebitsAsync(lines, cancellation).ConfigureAwait(false),
            Reminders = await RemindersAsync(lines, reminders, cancellation).ConfigureAwait(false),
            Payments = await PaymentsAsync(lines, cancellation).ConfigureAwait(false),
        };
    }

    /// <summary>The direct debits that a bank may have carried out with these lines.</summary>
    private async Task<IReadOnlyList<BankDebit>> DebitsAsync(
        IReadOnlyList<BankLine> lines, CancellationToken cancellation)
    {
        var (first, last) = (lines.Min(line => line.Date.DayNumber) - Limits.DebitDays,
            lines.Max(line => line.Date.DayNumber) + Limits.DebitDays);
        var debits = new List<BankDebit>();
        await foreach (var order in ledger.Billing.AllSepaOrdersAsync(cancellation)
            .ConfigureAwait(false))
        {
            if (order.Type != SepaOrderType.Debit || order.Date.DayNumber < first
                || order.Date.DayNumber > last)
                continue;
            var whole = await ledger.Billing.GetSepaOrderAsync(order.Id, cancellation)
                .ConfigureAwait(false);
            debits.AddRange(BankDebit.Of(whole!));
        }
        return debits;
    }

    /// <summary>The reminders that the lines name.</summary>
    private async Task<IReadOnlyList<BankReminder>> RemindersAsync(IReadOnlyList<BankLine> lines,
        NumberIndex<string> known, CancellationToken cancellation)
    {
        var reminders = new List<BankReminder>();
        foreach (var number in lines.Where(line => line.IsCredit)
            .SelectMany(line => known.Find(BankReminder.TextOf(line))).Distinct())
        {
            // No invoice need be the first of a reminder at each of its levels.
            if (await ledger.Billing.GetReminderAsync(number, cancellation)
                .ConfigureAwait(false) is { } reminder)
                reminders.Add(BankReminder.Of(reminder));
        }
        return reminders;
    }

    /// <summary>The payments that lines may take back, or say the same as.</summary>
    private async Task<IReadOnlyList<Payment>> PaymentsAsync(
        IReadOnlyList<BankLine> lines, CancellationToken cancellation)
    {
        var first = lines.Select(line => line.IsReturn
                ? line.Date.DayNumber - ReturnDays : line.Date.DayNumber)
            .DefaultIfEmpty(int.MaxValue).Min();
        if (first == int.MaxValue) return [];
        var query = new PaymentQuery
        {
            From = DateOnly.FromDayNumber(int.Max(0, first)),
            Limit = Pages.LimitMax,
        };
        return await ledger.Billing.AllPaymentsAsync(query, cancellation)
            .ToListAsync(cancellation).ConfigureAwait(false);
    }

    private static BankReportLine Refused(BankLine line, string reason) => Told(line,
        BankLineStatus.Refused, $"what has its id was refused ({reason}): check it, and post what "
            + "is right with another id");

    private static BankReportLine Told(
        BankLine line, BankLineStatus status, string reason, BankMatch? match = null) => new()
        {
            Id = line.Id,
            Date = line.Date,
            Amount = Money.OfMinor(line.IsCredit ? line.Amount : -line.Amount, line.Asset),
            Posted = line.Posted > 0 ? Money.OfMinor(line.Posted, line.Asset) : null,
            Name = line.Name,
            Text = $"{line.Text} {line.More}".Trim() is { Length: > 0 } text ? text : null,
            Status = status,
            Reason = reason,
            Payments = [.. (match?.Payments ?? []).Select(payment =>
                new PaymentAllocation(payment.Invoice ?? payment.Customer ?? "", payment.Amount))],
            Chargebacks = [.. (match?.Chargebacks ?? []).Select(back =>
                new BankReportReturn(back.Payment, back.Amount!.Value, back.Fee))],
        };
}
