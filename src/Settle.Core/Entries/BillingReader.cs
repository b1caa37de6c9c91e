using System.Text.Json;
using Settle.Billing;

namespace Settle.Chain;

/// <summary>Reads the members that only entries of billing have.</summary>
internal static class BillingReader
{
    /// <exception cref="FormatException">It is no member that this version knows.</exception>
    public static void ReadMember(ref Utf8JsonReader reader, ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> json, RequestBatch batch, ref BillingTerms terms)
    {
        var isKnown = reader.TokenType switch
        {
            JsonTokenType.String => ReadText(ref reader, key, batch, ref terms),
            JsonTokenType.Number => ReadNumber(ref reader, key, ref terms),
            JsonTokenType.StartArray => ReadList(ref reader, key, json, batch, ref terms),
            _ => ReadFlag(ref reader, key, ref terms),
        };
        if (isKnown) return;
        throw new FormatException(
            $"unknown member '{System.Text.Encoding.UTF8.GetString(key)}'");
    }

    private static bool ReadText(ref Utf8JsonReader reader, ReadOnlySpan<byte> key,
        RequestBatch batch, ref BillingTerms terms)
    {
        if (key.SequenceEqual("customer"u8)) terms.Customer = Text(ref reader);
        else if (key.SequenceEqual("date"u8) || key.SequenceEqual("start"u8))
            terms.Date = Day(ref reader);
        else if (key.SequenceEqual("description"u8)) terms.Description = Text(ref reader);
        else if (key.SequenceEqual("tax"u8)) terms.Tax = Text(ref reader);
        else if (key.SequenceEqual("number"u8)) terms.Number = Text(ref reader);
        else if (key.SequenceEqual("buyer"u8)) terms.Buyer = Text(ref reader);
        else if (key.SequenceEqual("seller"u8)) terms.Seller = Text(ref reader);
        else if (key.SequenceEqual("due"u8)) terms.Due = Day(ref reader);
        else if (key.SequenceEqual("through"u8)) terms.Through = Day(ref reader);
        else if (key.SequenceEqual("end"u8)) terms.End = Day(ref reader);
        else if (key.SequenceEqual("subscription"u8)) terms.Subscription = Text(ref reader);
        else if (key.SequenceEqual("quantity"u8)) terms.Quantity = Decimal(ref reader);
        else if (key.SequenceEqual("unit"u8)) terms.Unit = Text(ref reader);
        else if (key.SequenceEqual("unit_price"u8))
            (terms.UnitPrice, terms.HasUnitPrice) = (Decimal(ref reader), true);
        else if (key.SequenceEqual("prices"u8)) terms.IsGross = reader.ValueTextEquals("gross"u8);
        else if (key.SequenceEqual("country"u8)) terms.Country = Text(ref reader);
        else if (key.SequenceEqual("zone"u8)) terms.Zone = Text(ref reader);
        else if (key.SequenceEqual("profile"u8)) terms.Profile = Text(ref reader);
        else if (key.SequenceEqual("treatment"u8)) terms.Treatment = Text(ref reader);
        else if (key.SequenceEqual("series"u8)) terms.Series = Text(ref reader);
        else if (key.SequenceEqual("default_tax"u8)) terms.DefaultTax = Text(ref reader);
        else return false;
        return true;

        Slice Text(ref Utf8JsonReader value) => EntryReader.Text(ref value, batch);
    }

    private static bool ReadNumber(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> key, ref BillingTerms terms)
    {
        var number = reader.GetInt64();
        if (key.SequenceEqual("net"u8)) terms.Net = number;
        else if (key.SequenceEqual("tax"u8)) terms.TaxSum = number;
        else if (key.SequenceEqual("rounding"u8)) terms.Rounding = number;
        else if (key.SequenceEqual("paid"u8)) terms.Paid = number;
        else if (key.SequenceEqual("discount"u8)) terms.Discount = number;
        else if (key.SequenceEqual("terms_days"u8)) terms.TermsDays = checked((short)number);
        else return false;
        return true;
    }

    private static bool ReadList(ref Utf8JsonReader reader, ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> json, RequestBatch batch, ref BillingTerms terms)
    {
        var list = EntryReader.Raw(ref reader, JsonTokenType.StartArray, json, batch);
        if (key.SequenceEqual("invoiced_charges"u8)) terms.Charges = list;
        else if (key.SequenceEqual("taxes"u8)) terms.Taxes = list;
        else if (key.SequenceEqual("allocations"u8)) terms.Allocations = list;
        else if (key.SequenceEqual("reopened"u8)) terms.Reopened = list;
        else if (key.SequenceEqual("tax_rates"u8)) terms.TaxRates = list;
        else return false;
        return true;
    }

    private static bool ReadFlag(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> key, ref BillingTerms terms)
    {
        var flag = reader.GetBoolean();
        if (key.SequenceEqual("date_default"u8)) terms.IsDefaultDate = flag;
        else if (key.SequenceEqual("tax_default"u8)) terms.IsDefaultTax = flag;
        else if (key.SequenceEqual("asset_default"u8)) terms.IsDefaultAsset = flag;
        else if (key.SequenceEqual("asset_named"u8)) terms.IsNamedAsset = flag;
        else if (key.SequenceEqual("rebill"u8)) terms.IsRebill = flag;
        else if (key.SequenceEqual("write_off"u8)) terms.IsWriteOff = flag;
        else return false;
        return true;
    }

    private static int Day(ref Utf8JsonReader reader) =>
        Days.TryParse(reader.ValueSpan, out var day)
            ? day : throw new FormatException("a day is damaged");

    private static long Decimal(ref Utf8JsonReader reader) =>
        Scaled.TryParse(reader.ValueSpan, Scaled.Decimals, out var value)
            ? value : throw new FormatException("a decimal is damaged");
}
