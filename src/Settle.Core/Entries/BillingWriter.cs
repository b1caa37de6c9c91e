using Settle.Billing;

namespace Settle.Chain;

/// <summary>
/// Writes an entry of billing as canonical JSON. The order of the lines below is the order of the
/// keys.
/// </summary>
internal static class BillingWriter
{
    public static void Write(JsonBuffer json, RequestBatch batch, in Request entry)
    {
        ref readonly var terms = ref batch.Billing(entry);
        var isMade = entry.Refusal == RefusalCode.None
            && entry.Kind is EntryKind.Invoice or EntryKind.CreditNote;
        var members = new MemberWriter(json, batch);
        members.Raw("\"allocations\":"u8, terms.Allocations);
        if (entry.Amount != 0 || isMade) members.Number("\"amount\":"u8, entry.Amount);
        members.Text("\"asset\":"u8, entry.Asset);
        Flag(ref members, "\"asset_default\":"u8, terms.IsDefaultAsset);
        Flag(ref members, "\"asset_named\":"u8, terms.IsNamedAsset);
        members.Text("\"buyer\":"u8, terms.Buyer);
        members.Text("\"country\":"u8, terms.Country);
        members.Text("\"customer\":"u8, terms.Customer);
        if (entry.Kind != EntryKind.Subscription) Day(ref members, "\"date\":"u8, terms.Date);
        Flag(ref members, "\"date_default\":"u8, terms.IsDefaultDate);
        members.Text("\"default_tax\":"u8, terms.DefaultTax);
        members.Text("\"description\":"u8, terms.Description);
        if (terms.Discount != 0) members.Number("\"discount\":"u8, terms.Discount);
        Day(ref members, "\"due\":"u8, terms.Due);
        Day(ref members, "\"end\":"u8, terms.End);
        members.Text("\"from\":"u8, terms.Source);
        members.Text("\"id\":"u8, entry.Id);
        members.Text("\"invoice\":"u8, entry.Reference);
        members.Raw("\"invoiced_charges\":"u8, terms.Charges);
        members.Text("\"memo\":"u8, entry.Memo);
        if (isMade) members.Number("\"net\":"u8, terms.Net);
        members.Text("\"number\":"u8, terms.Number);
        if (terms.Paid != 0) members.Number("\"paid\":"u8, terms.Paid);
        WriteFromPostings(ref members, batch, entry, terms, isMade);
    }

    private static void WriteFromPostings(ref MemberWriter members, RequestBatch batch,
        in Request entry, in BillingTerms terms, bool isMade)
    {
        if (entry.ExtraCount > 0) EntryWriter.WritePostings(ref members, batch, entry);
        if (terms.IsGross) members.Literal("\"prices\":"u8, "gross"u8);
        members.Text("\"profile\":"u8, terms.Profile);
        if (terms.HasUnitPrice) Decimal(ref members, "\"quantity\":"u8, terms.Quantity);
        if (entry.Refusal != RefusalCode.None)
            members.Literal(
                "\"reason\":"u8, System.Text.Encoding.ASCII.GetBytes(entry.Refusal.Text()));
        Flag(ref members, "\"rebill\":"u8, terms.IsRebill);
        members.Raw("\"reopened\":"u8, terms.Reopened);
        if (terms.Rounding != 0) members.Number("\"rounding\":"u8, terms.Rounding);
        members.Text("\"seller\":"u8, terms.Seller);
        members.Text("\"series\":"u8, terms.Series);
        if (entry.Kind == EntryKind.Subscription) Day(ref members, "\"start\":"u8, terms.Date);
        members.Literal("\"status\":"u8, entry.Refusal == RefusalCode.None
            ? "successful"u8 : "rejected"u8);
        members.Text("\"subscription\":"u8, terms.Subscription);
        if (isMade) members.Number("\"tax\":"u8, terms.TaxSum);
        else members.Text("\"tax\":"u8, terms.Tax);
        Flag(ref members, "\"tax_default\":"u8, terms.IsDefaultTax);
        members.Raw("\"tax_rates\":"u8, terms.TaxRates);
        members.Raw("\"taxes\":"u8, terms.Taxes);
        if (entry.Kind == EntryKind.Customer)
            members.Number("\"terms_days\":"u8, terms.TermsDays);
        Day(ref members, "\"through\":"u8, terms.Through);
        members.Text("\"treatment\":"u8, terms.Treatment);
        members.Literal("\"type\":"u8, entry.Kind.Bytes());
        members.Text("\"unit\":"u8, terms.Unit);
        if (terms.HasUnitPrice) Decimal(ref members, "\"unit_price\":"u8, terms.UnitPrice);
        Flag(ref members, "\"whole\":"u8, entry.IsWhole);
        Flag(ref members, "\"write_off\":"u8, terms.IsWriteOff);
        members.Text("\"zone\":"u8, terms.Zone);
        members.End();
    }

    private static void Flag(ref MemberWriter members, ReadOnlySpan<byte> key, bool value)
    {
        if (value) members.Flag(key, true);
    }

    private static void Day(ref MemberWriter members, ReadOnlySpan<byte> key, int day)
    {
        if (day == 0) return;
        var text = (stackalloc byte[Days.TextLength]);
        Days.Write(text, day);
        members.Begin(key).String(text);
    }

    private static void Decimal(ref MemberWriter members, ReadOnlySpan<byte> key, long value) =>
        members.Literal(key, System.Text.Encoding.ASCII.GetBytes(
            Scaled.Text(value, Scaled.Decimals)));
}
