namespace Settle.Billing;

/// <content>What decided entries do to the state.</content>
internal sealed partial class BillingBook
{
    /// <inheritdoc cref="BillingKind.Apply"/>
    public void Apply(RequestBatch batch, in Request entry, EntryLocation location) =>
        BillingKind.Of(entry.Kind).Apply(this, batch, entry, batch.Billing(entry), location);

    public void Set(SellerState seller) => _sellers.Add(seller);

    /// <summary>Adds a customer, or changes what is known of one.</summary>
    public void Put(ReadOnlySpan<byte> name, in CustomerState customer)
    {
        var known = _customerNames.Count;
        var number = _customerNames.FindOrAdd(name);
        if (number == known) Customers.Add(customer);
        else Customers.Touch(number) = customer with
        {
            FirstAccount = Customers[number].FirstAccount,
        };
    }

    /// <summary>Numbers a subscription; false when it has its number already.</summary>
    public bool IsNewSubscription(ReadOnlySpan<byte> name, out int number)
    {
        var known = _subscriptionNames.Count;
        number = _subscriptionNames.FindOrAdd(name);
        return number == known;
    }

    /// <summary>Adds an invoice or a credit note under the next number of its series.</summary>
    public int Add(RequestBatch batch, in Request entry, in BillingTerms terms, InvoiceRow row)
    {
        if (!NumberSeries.TrySplit(batch.Text(terms.Number), out var text, out var sequence))
            throw Damaged("number");
        if (sequence != NextOf(text))
            throw new BrokenInvariantException($"{batch.Text(terms.Number)} leaves a gap");
        row.Series = Series.FindOrAdd(text);
        row.Sequence = sequence;
        (row.Amount, row.Net, row.Tax, row.Rounding) =
            (entry.Amount, terms.Net, terms.TaxSum, terms.Rounding);
        row.Date = terms.Date;
        row.Next = -1;
        if (!row.IsCreditNote) row.LastCredit = -1;
        row.FirstTax = Taxes.Count;
        foreach (var tax in BillingJson.ReadTaxes(batch.Bytes(terms.Taxes))) Taxes.Add(tax);
        row.TaxCount = Taxes.Count - row.FirstTax;
        var number = Append(row);
        Series.Add(row.Series, sequence, number);
        return number;
    }

    /// <summary>
    /// Adds an invoice that was made elsewhere, under the number that it had, or a reminder's fee.
    /// </summary>
    public void AddUnnumbered(ReadOnlySpan<byte> number, InvoiceRow row)
    {
        (row.Series, row.Sequence) = (-1, _oldNumbers.FindOrAdd(number));
        _openings.Add(Append(row));
    }

    // Behind the others of its account.
    private int Append(in InvoiceRow row)
    {
        var number = Invoices.Add(row);
        ref var account = ref Accounts.Touch(row.Account);
        if (account.LastInvoice >= 0) Invoices.Touch(account.LastInvoice).Next = number;
        else account.FirstInvoice = number;
        account.LastInvoice = number;
        if (account.FirstUnpaid < 0) account.FirstUnpaid = number;
        SkipPaid(row.Account);
        return number;
    }

    public void NoteReminder(ReadOnlySpan<byte> number, in ReminderRow row)
    {
        _reminderNames.FindOrAdd(number);
        Reminders.Add(row);
    }

    /// <summary>Counts an invoice to the run that made it.</summary>
    public void NoteRun(string id, in InvoiceRow invoice)
    {
        ref readonly var account = ref Accounts[invoice.Account];
        if (RunIds.RunOf(id, CustomerName(account.Customer), Assets[account.Asset].Code)
            is not { } name)
            return;
        var known = _runNames.Count;
        var number = _runNames.FindOrAdd(Encoding.UTF8.GetBytes(name));
        if (number == known)
        {
            Runs.Add(new RunRow
            {
                Location = invoice.Location, Date = invoice.Date, Through = invoice.Through,
            });
        }
        ref var run = ref Runs.Touch(number);
        run.Invoices++;
        run.Charges += invoice.Charges;
    }

    // Paid invoices are never open again, so whoever looks for open ones need not look at them.
    /// <summary>An invoice is no longer paid, or not all of it.</summary>
    public void Reopen(int number, long amount)
    {
        ref var invoice = ref Invoices.Touch(number);
        invoice.Paid -= amount;
        invoice.IsReturned |= invoice.Order > 0;
        if (invoice.Open == 0) return;
        ref var account = ref Accounts.Touch(invoice.Account);
        if (account.FirstUnpaid < 0 || account.FirstUnpaid > number) account.FirstUnpaid = number;
    }

    /// <summary>What went back of a deposit is given up, after an invoice settled it.</summary>
    public void WriteOffSettled(ref InvoiceRow deposit, long amount)
    {
        deposit.WrittenOff += amount;
        Invoices.Touch(deposit.SettledBy - 1).DepositWriteOffs += amount;
    }

    /// <summary>An invoice was paid early, and less a cash discount.</summary>
    public void TakeDiscount(TakenDiscount discount)
    {
        ref var invoice = ref Invoices.Touch(FindInvoice(discount.Invoice));
        (invoice.Discounted, invoice.DiscountRounding) = (discount.Amount, discount.Rounding);
        invoice.DiscountedAt = Invoices.Count;
        (invoice.FirstDiscountTax, invoice.DiscountTaxCount) =
            (Taxes.Count, discount.Taxes.Length);
        foreach (var tax in discount.Taxes) Taxes.Add(tax);
    }

    /// <summary>It is open again, without the discount.</summary>
    public void LoseDiscount(TakenDiscount discount)
    {
        ref var invoice = ref Invoices.Touch(FindInvoice(discount.Invoice));
        (invoice.Discounted, invoice.DiscountRounding) = (0, 0);
        (invoice.DiscountedAt, invoice.FirstDiscountTax, invoice.DiscountTaxCount) = (0, 0, 0);
    }

    /// <summary>A customer has paid too much, on a day.</summary>
    public void AddCredit(int number, long amount, int day)
    {
        ref var account = ref Accounts.Touch(number);
        account.CreditSince = account.Credit > 0 ? int.Min(account.CreditSince, day) : day;
        account.Credit += amount;
    }

    /// <summary>What was taken back of a payment, to change.</summary>
    public ref TakenBack TouchTakenBack(ReadOnlySpan<byte> payment)
    {
        var known = _takenBackNames.Count;
        var number = _takenBackNames.FindOrAdd(payment);
        if (number == known) TakenBack.Add(default);
        return ref TakenBack.Touch(number);
    }

    // Whoever looks for open invoices need not look at the paid ones before the first open one.
    public void SkipPaid(int number)
    {
        var first = Accounts[number].FirstUnpaid;
        while (first >= 0 && Invoices[first].Open == 0) first = Invoices[first].Next;
        if (first != Accounts[number].FirstUnpaid) Accounts.Touch(number).FirstUnpaid = first;
    }

    public int AccountOf(int customer, int asset)
    {
        var account = FindAccount(customer, asset);
        if (account >= 0) return account;
        account = Accounts.Add(new AccountRow
        {
            Customer = customer,
            Asset = asset,
            Next = Customers[customer].FirstAccount,
            FirstInvoice = -1,
            LastInvoice = -1,
            FirstUnpaid = -1,
        });
        Customers.Touch(customer).FirstAccount = account;
        return account;
    }

    public int ZoneOf(string zone)
    {
        var number = _zones.IndexOf(zone);
        if (number >= 0) return number;
        _zones.Add(zone);
        return _zones.Count - 1;
    }

    /// <summary>The number of cash discounts as an entry has them.</summary>
    public int DiscountsOf(string text)
    {
        var terms = DiscountTerms.Parse(text);
        var number = _discounts.FindIndex(known => known.Text == terms.Text);
        if (number >= 0) return number;
        _discounts.Add(terms);
        return _discounts.Count - 1;
    }

    /// <summary>A tax as an entry has it.</summary>
    public static TaxTerm TaxOf(RequestBatch batch, Slice text) =>
        TaxTerm.TryParse(batch.Bytes(text), out var tax) ? tax : throw Damaged("tax");

    /// <summary>A hash as an entry has it.</summary>
    public static BlockHash HashOf(RequestBatch batch, Slice hex) =>
        BlockHash.TryParse(batch.Bytes(hex), out var hash) ? hash : throw Damaged("profile");

    public static FormatException Damaged(string what) => new($"its {what} is damaged");
}
