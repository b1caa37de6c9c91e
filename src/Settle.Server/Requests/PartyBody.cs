namespace Settle.Server;

/// <summary>A name and address within a body.</summary>
internal static class PartyBody
{
    private static readonly FieldNames Fields =
        new("a name and address", "name", "street", "street2", "postal_code", "city", "country",
        "vat_id", "tax_number", "registration_id", "email", "phone", "contact", "iban", "bic",
        "bank", "language", "leitweg_id", "logo");

    /// <param name="reader">Stands at the field's value.</param>
    /// <param name="outer">The fields of the object around it.</param>
    public static Party? Read(ref RequestReader reader, FieldNames outer)
    {
        if (reader.IsNull) return null;
        string? name = null, country = null;
        var party = new Party { Name = "", Country = "" };
        ulong seen = 0;
        reader.OpenFieldObject(Fields, ref seen);
        while (reader.NextField(ref seen))
        {
            if (reader.Field == "name") name = reader.Text();
            else if (reader.Field == "country") country = reader.Text();
            else party = With(party, ref reader);
        }
        party = party with
        {
            Name = reader.Required(name, "name"),
            Country = reader.Required(country, "country"),
        };
        reader.CloseFieldObject(outer);
        return party;
    }

    private static Party With(Party party, ref RequestReader reader) => reader.Field switch
    {
        "street" => party with { Street = reader.Word() },
        "street2" => party with { Street2 = reader.Word() },
        "postal_code" => party with { PostalCode = reader.Word() },
        "city" => party with { City = reader.Word() },
        "vat_id" => party with { VatId = reader.Word() },
        "tax_number" => party with { TaxNumber = reader.Word() },
        "registration_id" => party with { RegistrationId = reader.Word() },
        "email" => party with { Email = reader.Word() },
        "phone" => party with { Phone = reader.Word() },
        "contact" => party with { Contact = reader.Word() },
        "iban" => party with { Iban = reader.Word() },
        "bic" => party with { Bic = reader.Word() },
        "bank" => party with { Bank = reader.Word() },
        "language" => party with { Language = reader.Word() ?? "en" },
        "leitweg_id" => party with { LeitwegId = reader.Word() },
        _ => party with { Logo = reader.Bytes() },
    };
}
