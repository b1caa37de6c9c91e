using Settle.Billing;
using Settle.Views;

namespace Settle.Import;

/// <summary>A CSV file of customers: <c>customer,name,country</c> and further columns.</summary>
internal sealed class CsvCustomers
{
    private const int TermsDaysMax = 365;
    private const int TextBytesMax = 200;
    private static readonly string[] Optional =
        ["id", "street", "street2", "postal_code", "city", "vat_id", "tax_number",
        "registration_id", "email", "phone", "contact", "iban", "bic", "bank", "language",
        "leitweg_id", "order_number", "buyer_reference", "mandate", "mandate_date",
        "mandate_scheme", "mandate_type", "zone", "treatment", "terms_days", "cash_discount",
        "asset"];

    private static readonly CsvColumns Columns =
        new("a file of customers", ["customer", "name", "country"], Optional);

    private readonly CsvRow _row;
    private readonly BillingFacts _facts;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <exception cref="CsvFaultException">The header is not one of such a file.</exception>
    public CsvCustomers(CsvFile file, BillingFacts facts)
    {
        _facts = facts;
        _row = new CsvRow(file, Columns);
    }

    /// <summary>The next row; null at the end of the file.</summary>
    /// <exception cref="CsvFaultException">The row is wrong.</exception>
    public CustomerRequest? Read()
    {
        if (!_row.File.Read()) return null;
        try
        {
            return ToRequest();
        }
        catch (InvalidRequestException e)
        {
            throw _row.Fault(e);
        }
    }

    private CustomerRequest ToRequest()
    {
        var customer = _row.Name("customer");
        if (!_seen.Add(customer))
            throw new InvalidRequestException("customer", $"'{customer}' occurs twice");
        var asset = _facts.AssetOf(_row.Text("asset"));
        if (asset is not null) _facts.ScaleOf(asset);
        var plain = new CustomerRequest { Customer = customer, Party = PartyOf() };
        return Checked(plain with
        {
            Id = _row.Has("id") ? _row.Name("id") : null,
            Zone = _row.Text("zone"),
            Treatment = _row.Word<TaxTreatment>("treatment"),
            TermsDays = Terms() ?? plain.TermsDays,
            CashDiscounts = _row.Text("cash_discount") is { } discount
                ? DiscountViews.Read(discount) : null,
            Asset = asset,
        });
    }

    // What the ledger would not take is said with its line, before anything is sent.
    private static CustomerRequest Checked(CustomerRequest request)
    {
        request = request with { Party = PartyCheck.Checked(request.Party, isSeller: false) };
        BillingRequests.Add(new RequestBatch(), EntryKind.Customer, request.Id ?? "new",
            BillingRequests.Filler(request, request.Zone ?? "UTC"));
        return request;
    }

    private Party PartyOf()
    {
        var country = _row.Line("country", 2);
        if (country.Length != 2 || !country.All(char.IsAsciiLetterUpper))
            throw new InvalidRequestException("country",
                $"'{country}' is not a country; use two letters such as DE");
        foreach (var column in Optional)
            if (_row.Has(column)) Texts.CheckText(column, _row.Bytes(column), TextBytesMax);
        return new Party
        {
            Name = _row.Line("name", TextBytesMax),
            Country = country,
            Street = _row.Text("street"),
            Street2 = _row.Text("street2"),
            PostalCode = _row.Text("postal_code"),
            City = _row.Text("city"),
            VatId = _row.Text("vat_id"),
            TaxNumber = _row.Text("tax_number"),
            RegistrationId = _row.Text("registration_id"),
            Email = _row.Text("email"),
            Phone = _row.Text("phone"),
            Contact = _row.Text("contact"),
            Iban = _row.Text("iban"),
            Bic = _row.Text("bic"),
            Bank = _row.Text("bank"),
            Language = _row.Text("language"),
            LeitwegId = _row.Text("leitweg_id"),
            OrderNumber = _row.Text("order_number"),
            BuyerReference = _row.Text("buyer_reference"),
            Mandate = _row.Text("mandate"),
            MandateDate = _row.Text("mandate_date") is { } day
                ? Parse.Day("mandate_date", day) : null,
            MandateScheme = _row.Text("mandate_scheme"),
            MandateType = _row.Text("mandate_type"),
        };
    }

    private int? Terms() => _row.Text("terms_days") is { } days
        ? (int)Parse.Integer("terms_days", days, 0, TermsDaysMax) : null;
}
