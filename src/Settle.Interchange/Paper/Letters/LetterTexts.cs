using Settle.Paper.Shaping;

namespace Settle.Paper.Letters;

/// <summary>
/// The texts that a letter takes over. Each is looked at before the first is written: a letter has
/// all of its characters, or it is not made.
/// </summary>
internal static class LetterTexts
{
    /// <exception cref="UnprintableException">No font has one of the characters.</exception>
    public static void Check(Invoice invoice)
    {
        Check("number", invoice.Number);
        Check("customer", invoice.Customer);
        Check("note", invoice.Note);
        Check("order_number", invoice.OrderNumber);
        Check("buyer_reference", invoice.BuyerReference);
        Check("seller.", invoice.Seller);
        Check("buyer.", invoice.Buyer);
        for (var i = 0; i < invoice.Lines.Count; i++)
        {
            var description = invoice.Lines[i].Description;
            if (!IsPlain(description))
            {
                Check(string.Create(
                    CultureInfo.InvariantCulture, $"lines[{i}].description"), description);
            }
        }
        foreach (var tax in invoice.Taxes) Check("taxes.reason", tax.Reason);
    }

    /// <inheritdoc cref="Check(Invoice)"/>
    public static void Check(Statement statement, Party seller, Party customer)
    {
        Check("customer", statement.Customer);
        Check("seller.", seller);
        Check("customer.", customer);
        for (var i = 0; i < statement.Lines.Count; i++)
        {
            var number = statement.Lines[i].Number;
            if (!IsPlain(number))
                Check(string.Create(CultureInfo.InvariantCulture, $"lines[{i}].number"), number);
        }
    }

    /// <inheritdoc cref="Check(Invoice)"/>
    public static void Check(Reminder reminder, Party seller, Party buyer)
    {
        Check("number", reminder.Number);
        Check("customer", reminder.Customer);
        Check("seller.", seller);
        Check("buyer.", buyer);
        foreach (var (language, text) in reminder.Texts ?? new Dictionary<string, string>())
            Check($"texts.{language}", text);
        foreach (var item in reminder.Invoices) Check("invoices.number", item.Number);
    }

    private static void Check(string path, Party party)
    {
        foreach (var (field, text) in (ReadOnlySpan<(string, string?)>)[
            ("name", party.Name), ("street", party.Street), ("street2", party.Street2),
            ("city", party.City), ("postal_code", party.PostalCode), ("vat_id", party.VatId),
            ("tax_number", party.TaxNumber), ("registration_id", party.RegistrationId),
            ("email", party.Email), ("phone", party.Phone), ("contact", party.Contact),
            ("bank", party.Bank)])
            if (text is not null && !IsPlain(text)) Check(path + field, text);
    }

    private static void Check(string field, string? text)
    {
        if (text is null || IsPlain(text)) return;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsControl(rune) && !LetterFonts.Have(rune))
                throw new UnprintableException(field, rune.ToString());
        }
    }

    private static bool IsPlain(string text) => TextShaper.IsPlain(LetterFonts.Regular, text);
}
