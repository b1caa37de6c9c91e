namespace Settle.Cli.Input;

/// <summary>The options of a name and address. Those left out keep their values.</summary>
internal sealed class PartyOptions
{
    private const string Text = "TEXT";
    private readonly List<(Option<string> Option, Func<Party, string, Party> With)> _all = [];

    public PartyOptions(Command command)
    {
        Has("--name", "The name of the company or person", (p, v) => p with { Name = v! });
        Has("--street", "Street and number", (p, v) => p with { Street = v });
        Has("--street2", "A second line of the address", (p, v) => p with { Street2 = v });
        Has("--postal-code", "The postal code", (p, v) => p with { PostalCode = v });
        Has("--city", "The city", (p, v) => p with { City = v });
        Has("--country", "The country, two letters: DE", (p, v) => p with { Country = v! });
        Has("--vat-id", "The VAT id: DE123456788", (p, v) => p with { VatId = v });
        Has("--tax-number", "The number at the tax office", (p, v) => p with { TaxNumber = v });
        Has("--registration-id", "The number in a register of companies",
            (p, v) => p with { RegistrationId = v });
        Has("--email", "The address for mail", (p, v) => p with { Email = v });
        Has("--phone", "The telephone number", (p, v) => p with { Phone = v });
        Has("--contact", "The person to ask for", (p, v) => p with { Contact = v });
        Has("--iban", "The bank account", (p, v) => p with { Iban = v });
        Has("--bic", "The bank's code", (p, v) => p with { Bic = v });
        Has("--bank", "The bank's name", (p, v) => p with { Bank = v });
        Has("--creditor-id", "A seller's creditor identifier for SEPA direct debits: "
            + "DE98ZZZ09999999999", (p, v) => p with { CreditorId = v });
        Has("--mandate", "The reference of a customer's SEPA mandate, by which --iban is debited",
            WithMandate);
        Has("--mandate-date", "The day it was signed: 2026-10-16",
            (p, v) => p with
            {
                MandateDate = v is null ? null : Settle.Parse.Day("mandate_date", v),
            });
        Has("--mandate-scheme", "core, or b2b for companies [default: core]",
            (p, v) => p with { MandateScheme = v });
        Has("--mandate-type", "recurring or one_off [default: recurring]",
            (p, v) => p with { MandateType = v });
        Has("--language", "The language of its letters: de, en or fr; a customer without one "
            + "gets the seller's", (p, v) => p with { Language = v });
        Has("--leitweg-id", "The Leitweg-ID of a German authority",
            (p, v) => p with { LeitwegId = v });
        Has("--order-number", "The customer's order, which its invoices name",
            (p, v) => p with { OrderNumber = v });
        Has("--buyer-reference", "What the customer wants its invoices to refer to",
            (p, v) => p with { BuyerReference = v });
        foreach (var (option, _) in _all) command.Add(option);
    }

    /// <summary>Whether any of them is given.</summary>
    public bool AnyIn(ParseResult words) =>
        _all.Any(each => words.GetValue(each.Option) is not null);

    /// <summary>The party with what the words say; an empty word takes a thing away.</summary>
    /// <exception cref="InvalidRequestException">A new one has no name or country.</exception>
    public Party In(ParseResult words, Party? known)
    {
        var party = known ?? new Party { Name = "", Country = "" };
        foreach (var (option, with) in _all)
            if (words.GetValue(option) is { } value) party = with(party, value);
        if (string.IsNullOrEmpty(party.Name))
            throw new InvalidRequestException("name", "is missing; give --name");
        if (string.IsNullOrEmpty(party.Country))
            throw new InvalidRequestException("country", "is missing; give --country, such as DE");
        return party;
    }

    // Without a reference there is no mandate, whatever was known of it.
    private static Party WithMandate(Party party, string? reference) => reference is null
        ? party with
        {
            Mandate = null, MandateDate = null, MandateScheme = null, MandateType = null,
        }
        : party with { Mandate = reference };

    private void Has(string name, string description, Func<Party, string?, Party> with) =>
        _all.Add((new Option<string>(name) { Description = description, HelpName = Text },
            (party, value) => with(party, value.Length == 0 ? null : value)));
}
