using System.Globalization;
using System.Text;
using Settle.Chain;

namespace Settle.Billing;

/// <content>What decided entries do to the state.</content>
internal sealed partial class BillingBook
{
    private readonly List<int> _picked = [];

    /// <summary>Applies a successful entry; the book moves its money.</summary>
    public void Apply(RequestBatch batch, in Request entry, EntryLocation location)
    {
        ref readonly var terms = ref batch.Billing(entry);
        switch (entry.Kind)
        {
            case EntryKind.Seller:
                ApplySeller(batch, terms, location);
                break;
            case EntryKind.Customer:
                ApplyCustomer(batch, entry, terms, location);
                break;
            case EntryKind.Charge:
                ApplyCharge(batch, entry, terms, location);
                break;
            case EntryKind.Subscription:
                ApplySubscription(batch, entry, terms, location);
                break;
            case EntryKind.Invoice:
                ApplyInvoice(batch, entry, terms, location);
                break;
            case EntryKind.CreditNote:
                ApplyCreditNote(batch, entry, terms, location);
                break;
            default:
                ApplyPayment(batch, entry, terms);
                break;
        }
    }

    private void ApplySeller(RequestBatch batch, in BillingTerms terms, EntryLocation location)
    {
        var rates = BillingJson.ReadTexts(batch.Bytes(terms.TaxRates))
            .Select(rate => TaxTerm.TryParse(rate, out var tax) ? tax : throw Damaged("rate"));
        _sellers.Add(new SellerState
        {
            Location = location,
            Rates = [.. rates],
            DefaultTax = terms.DefaultTax.IsEmpty ? null : TaxOf(batch, terms.DefaultTax),
            Series = batch.Text(terms.Series),
            Zone = batch.Text(terms.Zone),
            Profile = HashOf(batch, terms.Profile),
        });
    }

    private void ApplyCustomer(
        RequestBatch batch, in Request entry, in BillingTerms terms, EntryLocation location)
    {
        var country = batch.Bytes(terms.Country);
        var customer = new CustomerState
        {
            Location = location,
            Profile = HashOf(batch, terms.Profile),
            FirstAccount = -1,
            Asset = entry.Asset.IsEmpty ? -1 : assets.Find(batch.Bytes(entry.Asset)),
            Zone = ZoneOf(batch.Text(terms.Zone)),
            TermsDays = (short)terms.TermsDays,
            Country = (ushort)((country[0] << 8) | country[1]),
            Treatment = TaxTerm.TryParse(batch.Bytes(terms.Treatment), out var treatment)
                ? treatment.Category : CustomerState.Standard,
        };
        var known = _customerNames.Count;
        var number = _customerNames.FindOrAdd(batch.Bytes(terms.Customer));
        if (number == known) Customers.Add(customer);
        else Customers.Touch(number) = customer with
        {
            FirstAccount = Customers[number].FirstAccount,
        };
    }

    private void ApplyCharge(
        RequestBatch batch, in Request entry, in BillingTerms terms, EntryLocation location)
    {
        var customer = FindCustomer(batch.Bytes(terms.Customer));
        Charges.Add(new OpenCharge
        {
            Location = location,
            Amount = entry.Amount,
            Account = AccountOf(customer, assets.Find(batch.Bytes(entry.Asset))),
            Date = terms.Date,
            Tax = TaxOf(batch, terms.Tax),
            IsGross = terms.IsGross,
        }, batch.Bytes(entry.Id));
        if (terms.Subscription.IsEmpty) return;
        ref var subscription =
            ref Subscriptions.Touch(FindSubscription(batch.Bytes(terms.Subscription)));
        subscription.LastMonth = int.Max(subscription.LastMonth, Days.MonthOf(terms.Date));
    }

    private void ApplySubscription(
        RequestBatch batch, in Request entry, in BillingTerms terms, EntryLocation location)
    {
        var known = _subscriptionNames.Count;
        var number = _subscriptionNames.FindOrAdd(batch.Bytes(terms.Subscription));
        if (number < known)
        {
            Subscriptions.Touch(number).End = terms.End;
            return;
        }
        Subscriptions.Add(new SubscriptionRow
        {
            Location = location,
            Amount = entry.Amount,
            Customer = FindCustomer(batch.Bytes(terms.Customer)),
            Asset = assets.Find(batch.Bytes(entry.Asset)),
            Start = terms.Date,
            End = terms.End,
            Tax = TaxOf(batch, terms.Tax),
            IsGross = terms.IsGross,
        });
    }

    private void ApplyInvoice(
        RequestBatch batch, in Request entry, in BillingTerms terms, EntryLocation location)
    {
        var customer = FindCustomer(batch.Bytes(terms.Customer));
        var account = AccountOf(customer, assets.Find(batch.Bytes(entry.Asset)));
        var ids = BillingJson.ReadTexts(batch.Bytes(terms.Charges));
        Pick(account, terms.Through, _picked);
        for (var i = 0; i < ids.Count; i++)
        {
            var charge = i < _picked.Count && Charges.IdOf(_picked[i]).SequenceEqual(ids[i])
                ? _picked[i] : Search(account, ids[i]);
            Charges.Bill(charge, location.Height);
        }
        Add(batch, entry, terms, new InvoiceRow
        {
            Location = location,
            Account = account,
            Due = terms.Due,
            Through = terms.Through,
            Charges = ids.Count,
            Paid = terms.Paid,
            Corrects = -1,
        });
        if (terms.Paid > 0) Accounts.Touch(account).Credit -= terms.Paid;
    }

    private void ApplyCreditNote(
        RequestBatch batch, in Request entry, in BillingTerms terms, EntryLocation location)
    {
        var corrected = FindInvoice(batch.Bytes(entry.Reference));
        var account = Invoices[corrected].Account;
        var number = Add(batch, entry, terms, new InvoiceRow
        {
            Location = location,
            Account = account,
            Due = terms.Date,
            Through = terms.Date,
            Corrects = corrected,
            LastCredit = Invoices[corrected].LastCredit,
        });
        ref var invoice = ref Invoices.Touch(corrected);
        invoice.LastCredit = number;
        invoice.Credited += entry.Amount;
        invoice.IsRebilled |= terms.IsRebill;
        // What was paid of it already is the customer's again.
        var surplus = -long.Min(0, invoice.Open);
        invoice.Paid -= surplus;
        if (surplus > 0) Accounts.Touch(account).Credit += surplus;
        foreach (var charge in BillingJson.ReadReopened(batch.Bytes(terms.Reopened)))
        {
            Charges.Add(new OpenCharge
            {
                Location = location,
                Amount = charge.Amount,
                Account = account,
                Date = charge.Date,
                Tax = charge.Tax,
                IsGross = charge.IsGross,
            }, charge.Id);
        }
    }

    private void ApplyPayment(RequestBatch batch, in Request entry, in BillingTerms terms)
    {
        var customer = FindCustomer(batch.Bytes(terms.Customer));
        var account = AccountOf(customer, assets.Find(batch.Bytes(entry.Asset)));
        var left = entry.Amount;
        foreach (var (number, amount) in BillingJson.ReadAllocations(
            batch.Bytes(terms.Allocations)))
        {
            ref var invoice = ref Invoices.Touch(FindInvoice(number));
            if (terms.IsWriteOff) invoice.WrittenOff += amount;
            else invoice.Paid += amount;
            left -= amount;
        }
        if (left != 0) Accounts.Touch(account).Credit += left;
        SkipPaid(account);
    }

    /// <summary>Adds an invoice or a credit note under the next number of its series.</summary>
    private int Add(RequestBatch batch, in Request entry, in BillingTerms terms, InvoiceRow row)
    {
        if (!NumberSeries.TrySplit(batch.Text(terms.Number), out var text, out var sequence))
            throw Damaged("number");
        row.Series = Series.FindOrAdd(text);
        row.Sequence = sequence;
        if (sequence != Series.CountOf(row.Series) + 1)
            throw new BrokenInvariantException($"{batch.Text(terms.Number)} leaves a gap");
        (row.Amount, row.Net, row.Tax, row.Rounding) =
            (entry.Amount, terms.Net, terms.TaxSum, terms.Rounding);
        row.Date = terms.Date;
        row.Next = -1;
        if (!row.IsCreditNote) row.LastCredit = -1;
        row.FirstTax = Taxes.Count;
        foreach (var tax in BillingJson.ReadTaxes(batch.Bytes(terms.Taxes))) Taxes.Add(tax);
        row.TaxCount = Taxes.Count - row.FirstTax;
        var number = Invoices.Add(row);
        Series.Add(row.Series, number);
        ref var account = ref Accounts.Touch(row.Account);
        if (account.LastInvoice >= 0) Invoices.Touch(account.LastInvoice).Next = number;
        else account.FirstInvoice = number;
        account.LastInvoice = number;
        if (account.FirstUnpaid < 0) account.FirstUnpaid = number;
        SkipPaid(row.Account);
        return number;
    }

    // Paid invoices are never open again, so whoever looks for open ones need not look at them.
    private void SkipPaid(int number)
    {
        var first = Accounts[number].FirstUnpaid;
        while (first >= 0 && Invoices[first].Open == 0) first = Invoices[first].Next;
        if (first != Accounts[number].FirstUnpaid) Accounts.Touch(number).FirstUnpaid = first;
    }

    private int AccountOf(int customer, int asset)
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

    // Only what other rules than these picked has to be searched.
    private int Search(int account, ReadOnlySpan<byte> id)
    {
        for (var at = Charges.FirstOf(account); at >= 0; at = Charges[at].Next)
            if (Charges[at].BilledAt == 0 && Charges.IdOf(at).SequenceEqual(id)) return at;
        throw new BrokenInvariantException(
            string.Create(CultureInfo.InvariantCulture,
                $"an invoice bills {Encoding.UTF8.GetString(id)}, which is not open"));
    }

    private int ZoneOf(string zone)
    {
        var number = _zones.IndexOf(zone);
        if (number >= 0) return number;
        _zones.Add(zone);
        return _zones.Count - 1;
    }

    /// <summary>A tax as an entry has it.</summary>
    public static TaxTerm TaxOf(RequestBatch batch, Slice text) =>
        TaxTerm.TryParse(batch.Bytes(text), out var tax) ? tax : throw Damaged("tax");

    /// <summary>A hash as an entry has it.</summary>
    public static BlockHash HashOf(RequestBatch batch, Slice hex) =>
        BlockHash.TryParse(batch.Bytes(hex), out var hash) ? hash : throw Damaged("profile");

    private static FormatException Damaged(string what) => new($"its {what} is damaged");
}
