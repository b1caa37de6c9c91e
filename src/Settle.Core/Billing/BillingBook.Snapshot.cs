using System.Runtime.InteropServices;
using System.Text;
using Settle.Chain;

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

    public void Save(SnapshotWriter write)
    {
        WriteLong(write, Seller is null ? 0 : 1);
        if (Seller is { } seller) Save(write, seller);
        WriteLong(write, _zones.Count);
        foreach (var zone in _zones) WriteText(write, zone);
        WriteLong(write, _customerNames.Count);
        _customerNames.Save(write);
        WriteLong(write, _subscriptionNames.Count);
        _subscriptionNames.Save(write);
        WriteLong(write, Series.Count);
        for (var i = 0; i < Series.Count; i++) WriteText(write, Series.TextOf(i));
        Customers.Save(write);
        Accounts.Save(write);
        Invoices.Save(write);
        Taxes.Save(write);
        Subscriptions.Save(write);
        for (var account = 0; account < Accounts.Count; account++)
        {
            for (var at = Charges.FirstOf(account); at >= 0; at = Charges[at].Next)
            {
                if (Charges[at].BilledAt != 0) continue;
                WriteLong(write, 1);
                // Where it stands here means nothing elsewhere.
                var charge = Charges[at] with { Id = 0, Prev = 0, Next = 0 };
                write(MemoryMarshal.AsBytes(new ReadOnlySpan<OpenCharge>(in charge)));
                write(Charges.IdOf(at));
            }
        }
        WriteLong(write, 0);
    }

    public void Load(SnapshotReader read)
    {
        if (ReadLong(read) == 1) _sellers.Add(LoadSeller(read));
        for (var zones = ReadLong(read); zones > 0; zones--) _zones.Add(ReadText(read));
        _customerNames.Load((int)ReadLong(read), read);
        _subscriptionNames.Load((int)ReadLong(read), read);
        for (var series = ReadLong(read); series > 0; series--) Series.FindOrAdd(ReadText(read));
        Customers.Load(read);
        Accounts.Load(read);
        Invoices.Load(read);
        Taxes.Load(read);
        Subscriptions.Load(read);
        for (var i = 0; i < Invoices.Count; i++) Series.Add(Invoices[i].Series, i);
        while (ReadLong(read) == 1)
        {
            OpenCharge charge = default;
            read(MemoryMarshal.AsBytes(new Span<OpenCharge>(ref charge)));
            var id = new byte[charge.IdLength];
            read(id);
            Charges.Add(charge, id);
        }
    }

    private static void Save(SnapshotWriter write, SellerState seller)
    {
        WriteLong(write, (long)seller.Location.Packed);
        WriteLong(write, seller.Rates.Length);
        write(MemoryMarshal.AsBytes(seller.Rates.AsSpan()));
        WriteText(write, seller.DefaultTax?.Text ?? "");
        WriteText(write, seller.Series);
        WriteText(write, seller.Zone);
        write(seller.Profile.AsSpan());
    }

    private static SellerState LoadSeller(SnapshotReader read)
    {
        var location = new EntryLocation((ulong)ReadLong(read));
        var rates = new TaxTerm[ReadLong(read)];
        read(MemoryMarshal.AsBytes(rates.AsSpan()));
        var hasDefault =
            TaxTerm.TryParse(Encoding.UTF8.GetBytes(ReadText(read)), out var defaultTax);
        var (series, zone) = (ReadText(read), ReadText(read));
        var profile = new byte[BlockHash.Bytes];
        read(profile);
        return new SellerState
        {
            Location = location,
            Rates = rates,
            DefaultTax = hasDefault ? defaultTax : null,
            Series = series,
            Zone = zone,
            Profile = new BlockHash(profile),
        };
    }

    private static void WriteLong(SnapshotWriter write, long value) =>
        write(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in value)));

    private static long ReadLong(SnapshotReader read)
    {
        long value = 0;
        read(MemoryMarshal.AsBytes(new Span<long>(ref value)));
        return value;
    }

    private static void WriteText(SnapshotWriter write, string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        WriteLong(write, utf8.Length);
        write(utf8);
    }

    private static string ReadText(SnapshotReader read)
    {
        var utf8 = new byte[ReadLong(read)];
        read(utf8);
        return Encoding.UTF8.GetString(utf8);
    }
}
