using System.Runtime.InteropServices;

namespace Settle.Billing;

/// <content>The state as bytes, for checkpoints; no block is open then.</content>
internal sealed partial class BillingBook
{
    /// <summary>The taxes of an invoice or credit note.</summary>
    public TaxSum[] TaxesOf(in InvoiceRow invoice)
    {
        var taxes = new TaxSum[invoice.TaxCount];
        for (var i = 0; i < taxes.Length; i++) taxes[i] = Taxes[invoice.FirstTax + i];
        return taxes;
    }

    public void Save(Action<ReadOnlySpan<byte>> write)
    {
        write.Long(Seller is null ? 0 : 1);
        if (Seller is { } seller) Save(write, seller);
        write.Long(_zones.Count);
        foreach (var zone in _zones) write.Text(zone);
        write.Long(_discounts.Count - 1);
        foreach (var terms in _discounts.Skip(1)) write.Text(terms.Text);
        write.Long(_customerNames.Count);
        _customerNames.Save(write);
        write.Long(_subscriptionNames.Count);
        _subscriptionNames.Save(write);
        write.Long(_runNames.Count);
        _runNames.Save(write);
        write.Long(_takenBackNames.Count);
        _takenBackNames.Save(write);
        write.Long(_reminderNames.Count);
        _reminderNames.Save(write);
        write.Long(_oldNumbers.Count);
        _oldNumbers.Save(write);
        write.Long(Series.Count);
        for (var i = 0; i < Series.Count; i++) write.Text(Series.TextOf(i));
        Customers.Save(write);
        Accounts.Save(write);
        Invoices.Save(write);
        Taxes.Save(write);
        Subscriptions.Save(write);
        Runs.Save(write);
        TakenBack.Save(write);
        Reminders.Save(write);
        ChargedDays.Save(write);
        Prices.Save(write);
        SaveOrders(write);
        SaveQuotes(write);
        for (var account = 0; account < Accounts.Count; account++)
        {
            for (var at = Charges.FirstOf(account); at >= 0; at = Charges[at].Next)
            {
                if (Charges[at].BilledAt != 0) continue;
                write.Long(1);
                // Where it stands here means nothing elsewhere.
                var charge = Charges[at] with { Id = 0, Prev = 0, Next = 0 };
                write(MemoryMarshal.AsBytes(new ReadOnlySpan<OpenCharge>(in charge)));
                write(Charges.IdOf(at));
            }
        }
        write.Long(0);
    }

    public void Load(Action<Span<byte>> read)
    {
        if (read.Long() == 1) _sellers.Add(LoadSeller(read));
        for (var zones = read.Long(); zones > 0; zones--) _zones.Add(read.Text());
        for (var terms = read.Long(); terms > 0; terms--)
            _discounts.Add(DiscountTerms.Parse(read.Text()));
        _customerNames.Load((int)read.Long(), read);
        _subscriptionNames.Load((int)read.Long(), read);
        _runNames.Load((int)read.Long(), read);
        _takenBackNames.Load((int)read.Long(), read);
        _reminderNames.Load((int)read.Long(), read);
        _oldNumbers.Load((int)read.Long(), read);
        for (var series = read.Long(); series > 0; series--) Series.FindOrAdd(read.Text());
        Customers.Load(read);
        Accounts.Load(read);
        Invoices.Load(read);
        Taxes.Load(read);
        Subscriptions.Load(read);
        Runs.Load(read);
        TakenBack.Load(read);
        Reminders.Load(read);
        ChargedDays.Load(read);
        Prices.Load(read);
        LoadOrders(read);
        LoadQuotes(read);
        for (var i = 0; i < Invoices.Count; i++)
        {
            var invoice = Invoices[i];
            if (invoice.IsOurs) Series.Add(invoice.Series, invoice.Sequence, i);
            else _openings.Add(i);
        }
        while (read.Long() == 1)
        {
            OpenCharge charge = default;
            read(MemoryMarshal.AsBytes(new Span<OpenCharge>(ref charge)));
            var id = new byte[charge.IdLength];
            read(id);
            Charges.Add(charge, id);
        }
        Charges.Sort();
    }

    private static void Save(Action<ReadOnlySpan<byte>> write, SellerState seller)
    {
        write.Long((long)seller.Location.Packed);
        write.Long(seller.Rates.Length);
        write(MemoryMarshal.AsBytes(seller.Rates.AsSpan()));
        write.Text(seller.DefaultTax?.Text ?? "");
        write.Text(seller.Series);
        write.Text(seller.Zone);
        write.Long(seller.Discounts);
        write.Text(seller.Dunning is null ? ""
            : Encoding.UTF8.GetString(seller.Dunning.Write().Written));
        write.Long(seller.FirstNumbers.Count);
        foreach (var (text, first) in seller.FirstNumbers)
        {
            write.Text(text);
            write.Long(first);
        }
        write(seller.Profile.AsSpan());
    }

    private static SellerState LoadSeller(Action<Span<byte>> read)
    {
        var location = new EntryLocation((ulong)read.Long());
        var rates = new TaxTerm[read.Long()];
        read(MemoryMarshal.AsBytes(rates.AsSpan()));
        var hasDefault =
            TaxTerm.TryParse(Encoding.UTF8.GetBytes(read.Text()), out var defaultTax);
        var (series, zone) = (read.Text(), read.Text());
        var discounts = (int)read.Long();
        var dunning = read.Text();
        var firsts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var left = read.Long(); left > 0; left--) firsts.Add(read.Text(), (int)read.Long());
        var profile = new byte[BlockHash.Bytes];
        read(profile);
        return new SellerState
        {
            Location = location,
            Rates = rates,
            DefaultTax = hasDefault ? defaultTax : null,
            Series = series,
            FirstNumbers = firsts,
            Zone = zone,
            Discounts = discounts,
            Dunning = dunning.Length == 0 ? null
                : DunningTerms.Read(Encoding.UTF8.GetBytes(dunning)),
            Profile = new BlockHash(profile),
        };
    }
}
