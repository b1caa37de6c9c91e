using Settle.Billing.Rules;

namespace Settle.Billing;

/// <summary>What a party must look like for SEPA direct debits.</summary>
internal static class MandateCheck
{
    public const string Core = "core";
    public const string CompaniesOnly = "b2b";
    public const string Recurring = "recurring";
    public const string OneOff = "one_off";

    /// <exception cref="InvalidRequestException">Names the field and what it must be.</exception>
    public static void Check(Party party, bool isSeller)
    {
        CheckSide(party, isSeller);
        if (party.CreditorId is { } creditor)
            Rules.CreditorId.Check("party.creditor_id", creditor);
        CheckWord("party.mandate_scheme", party.MandateScheme, Core, CompaniesOnly);
        CheckWord("party.mandate_type", party.MandateType, Recurring, OneOff);
        if (party.Mandate is not { } mandate) return;
        if (!SepaReference.Is(mandate))
        {
            throw Parse.Fault("party.mandate", mandate, string.Create(CultureInfo.InvariantCulture,
                $"is not a mandate reference; it has at most {SepaReference.CharsMax} letters from "
                + $"A to Z, digits, blanks and {SepaReference.Marks.Trim()}, no slash at its ends "
                + $"and no two in a row"));
        }
        if (party.MandateDate is not { } day)
            throw new InvalidRequestException("party.mandate_date",
                "is missing: a mandate has the day on which it was signed");
        if (day.DayNumber < Days.Min || day.DayNumber > Days.Max)
            throw Parse.OutOfRange("party.mandate_date", day);
        if (party.Iban is not { } iban)
            throw new InvalidRequestException("party.iban",
                "is missing: a mandate is for the account that is debited");
        if (!Rules.SepaArea.Reaches(iban))
            throw Parse.Fault("party.iban", iban, "is an account that SEPA does not reach");
        if (Rules.SepaArea.NeedsAddress(iban)
            && (party.Bic is null || string.IsNullOrWhiteSpace(party.City)))
        {
            throw new InvalidRequestException(party.Bic is null ? "party.bic" : "party.city",
                $"is missing: banks need it to debit an account in {iban[..2]}");
        }
    }

    private static void CheckSide(Party party, bool isSeller)
    {
        if (!isSeller && party.CreditorId is not null)
            throw new InvalidRequestException("party.creditor_id", "is the seller's only");
        var field = party.Mandate is not null ? "mandate" : party.MandateDate is not null
            ? "mandate_date" : party.MandateScheme is not null ? "mandate_scheme"
            : party.MandateType is not null ? "mandate_type" : null;
        if (field is null) return;
        if (isSeller) throw new InvalidRequestException($"party.{field}", "is a customer's only");
        if (party.Mandate is null)
            throw new InvalidRequestException("party.mandate", $"is missing beside {field}");
    }

    private static void CheckWord(string field, string? word, string first, string second)
    {
        if (word is not null && word != first && word != second)
            throw Parse.Fault(field, word, $"must be {first} or {second}");
    }
}
