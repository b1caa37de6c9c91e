using Settle.Views;

namespace Settle.Billing;

/// <summary>What a name and address must look like before it is kept.</summary>
internal static class PartyCheck
{
    private const int TextBytesMax = 200;
    private const int LogoBytesMax = 256 * 1024;

    /// <summary>A name and address as it is kept: numbers without separators.</summary>
    /// <exception cref="InvalidRequestException">Names the field and what it must be.</exception>
    public static Party Checked(Party party, bool isSeller)
    {
        if (party is null) throw new InvalidRequestException("party", "is missing");
        party = Normalize(party);
        Check(party, isSeller);
        return party;
    }

    /// <summary>The same, as it would be kept now.</summary>
    public static Party Normalize(Party party) => party with
    {
        Iban = party.Iban is { } iban ? Rules.Iban.Normalize(iban) : null,
        Bic = party.Bic is { } bic ? Rules.Iban.Normalize(bic) : null,
        LeitwegId = party.LeitwegId?.Trim(),
        CreditorId = party.CreditorId is { } creditor ? Rules.Iban.Normalize(creditor) : null,
        Mandate = party.Mandate?.Trim(),
        VatId = party.VatId is { } vatId ? Rules.VatNumber.Normalize(vatId) : null,
    };

    private static void Check(Party party, bool isSeller)
    {
        CheckText("party.name", party.Name, isNeeded: true);
        if (party.Country is null || !Rules.CodeLists.Countries.Contains(party.Country))
        {
            throw Parse.Fault("party.country", party.Country ?? "",
                "is not a country of ISO 3166-1 in two letters, such as DE"
                + CountryHint(party.Country));
        }
        if (party.Language is { } language && !InvoiceWords.Know(language))
        {
            throw Parse.Fault("party.language", language,
                $"is not a language of letters; use {InvoiceWords.Languages}");
        }
        foreach (var (field, text) in (ReadOnlySpan<(string, string?)>)[
            ("party.street", party.Street), ("party.street2", party.Street2),
            ("party.city", party.City), ("party.email", party.Email), ("party.phone", party.Phone),
            ("party.contact", party.Contact), ("party.bank", party.Bank),
            ("party.exemption", party.Exemption)])
            CheckText(field, text, isNeeded: false);
        // What others compare with what they have: it is written in one way.
        foreach (var (field, text) in (ReadOnlySpan<(string, string?)>)[
            ("party.postal_code", party.PostalCode), ("party.vat_id", party.VatId),
            ("party.tax_number", party.TaxNumber), ("party.registration_id", party.RegistrationId),
            ("party.iban", party.Iban), ("party.bic", party.Bic),
            ("party.creditor_id", party.CreditorId), ("party.mandate", party.Mandate),
            ("party.mandate_scheme", party.MandateScheme),
            ("party.mandate_type", party.MandateType),
            ("party.leitweg_id", party.LeitwegId), ("party.tax_currency", party.TaxCurrency),
            ("party.exemption_code", party.ExemptionCode),
            ("party.order_number", party.OrderNumber),
            ("party.buyer_reference", party.BuyerReference)])
            CheckText(field, text, isNeeded: false, isReference: true);
        CheckNumbers(party);
        CheckTax(party, isSeller);
        MandateCheck.Check(party, isSeller);
        if (isSeller && party.OrderNumber is not null)
            throw new InvalidRequestException("party.order_number", "is a customer's only");
        if (isSeller && party.BuyerReference is not null)
            throw new InvalidRequestException("party.buyer_reference", "is a customer's only");
        if (party.Logo is not { } logo) return;
        if (!isSeller) throw new InvalidRequestException("party.logo", "is the seller's only");
        if (logo.Length > LogoBytesMax || !IsPicture(logo))
            throw new InvalidRequestException(
                "party.logo", "must be a PNG or JPEG of at most 256 KiB");
        if (PictureSize.Of(logo) is { Fits: false } size)
            throw new InvalidRequestException("party.logo", string.Create(
                CultureInfo.InvariantCulture, $"has {size.Width} x {size.Height} pixels; "
                + $"make it smaller: at most {PictureSize.PixelsMax} in all"));
        if (LogoCheck.Fault(logo) is { } fault)
            throw new InvalidRequestException("party.logo", fault);
    }

    // VAT ids of Greece begin with EL, and the United Kingdom has another code than its name.
    private static string CountryHint(string? country) => country?.Trim().ToUpperInvariant() switch
    {
        "EL" => "; Greece is GR",
        "UK" => "; the United Kingdom is GB",
        { } code when Rules.CodeLists.Countries.Contains(code) => $"; write it as {code}",
        _ => "",
    };

    private static void CheckNumbers(Party party)
    {
        if (party.VatId is { } vatId) Rules.VatNumber.Check("party.vat_id", vatId);
        if (party.Iban is { } iban) Rules.Iban.Check("party.iban", iban);
        if (party.Bic is { } bic && !(bic.Length is 8 or 11 && bic.All(char.IsAsciiLetterOrDigit)))
        {
            throw Parse.Fault("party.bic", bic,
                "is not a BIC; it has 8 or 11 letters and digits, as COBADEFFXXX has");
        }
        if (party.Email is { } email
            && !email.Split(',', ';').All(each => Rules.MailAddress.Is(each.Trim())))
        {
            throw Parse.Fault("party.email", email, "is not a mail address, such as "
                + "dave@example.com; separate several with commas");
        }
        if (party.LeitwegId is { } leitwegId)
            Rules.LeitwegId.Check("party.leitweg_id", leitwegId);
    }

    private static void CheckTax(Party party, bool isSeller)
    {
        var field = party.SmallBusiness ? "small_business" : party.TaxCurrency is not null
            ? "tax_currency" : party.Exemption is not null ? "exemption"
            : party.ExemptionCode is not null ? "exemption_code" : null;
        if (field is null) return;
        if (!isSeller) throw new InvalidRequestException($"party.{field}", "is the seller's only");
        if (party.TaxCurrency is { } currency && !Iso4217.IsCurrent(currency))
            throw Parse.Fault("party.tax_currency", currency,
                "is not a currency of ISO 4217, such as EUR");
        if (party.ExemptionCode is { } code)
            Rules.VatexCode.Check("party.exemption_code", code, TaxCategory.Exempt);
    }

    private static void CheckText(
        string field, string? text, bool isNeeded, bool isReference = false)
    {
        if (text is null && !isNeeded) return;
        byte[] utf8;
        try
        {
            utf8 = Stores.DocumentIds.Encode(text ?? "");
        }
        catch (EncoderFallbackException)
        {
            throw new InvalidRequestException(field, "must be valid Unicode");
        }
        Texts.CheckSeenLine(field, utf8, TextBytesMax);
        if (isReference) Texts.CheckName(field, utf8, TextBytesMax);
        PrintableText.Check(field, text);
    }

    private static bool IsPicture(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G'])
        || bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);
}
