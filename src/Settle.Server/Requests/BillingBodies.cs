using Settle.Wire;

namespace Settle.Server;

/// <summary>What the bodies of billing's requests look like, one method for each.</summary>
internal static class BillingBodies
{
    private const int TermsMax = 365;
    private static readonly FieldNames SellerFields =
        new("a seller", "id", "party", "zone", "tax_rates", "default_tax", "series");
    private static readonly FieldNames CustomerFields =
        new("a customer", "id", "customer", "party", "zone", "treatment", "terms_days", "asset");
    private static readonly FieldNames KnownCustomerFields =
        new("a customer", "id", "party", "zone", "treatment", "terms_days", "asset");
    private static readonly FieldNames SubscriptionFields =
        new("a subscription", "id", "subscription", "customer", "amount", "asset", "description",
        "tax", "prices", "start", "end");
    private static readonly FieldNames EndFields = new("the end of a subscription", "id", "end");
    private static readonly FieldNames RunFields =
        new("a run", "id", "through", "date", "customer", "dry_run");
    private static readonly FieldNames CreditFields =
        new("a credit note", "id", "invoice", "amount", "rebill", "reason", "date");
    private static readonly FieldNames PaymentFields =
        new("a payment", "id", "customer", "invoice", "amount", "asset", "date", "reference",
        "from", "write_off");

    public static SellerRequest Seller(ReadOnlySpan<byte> utf8) =>
        Bodies.Read(utf8, static (ref RequestReader reader) =>
        {
            var plain = new SellerRequest { Party = null! };
            var request = plain;
            ulong seen = 0;
            reader.OpenObject(SellerFields, ref seen);
            while (reader.NextField(ref seen))
            {
                request = reader.Field switch
                {
                    "id" => request with { Id = reader.Text() },
                    "party" => request with { Party = PartyBody.Read(ref reader, SellerFields)! },
                    "zone" => request with { Zone = reader.Word() ?? plain.Zone },
                    "tax_rates" => request with { TaxRates = reader.TextList() ?? [] },
                    "default_tax" => request with { DefaultTax = reader.Word() },
                    _ => request with { Series = reader.Text() ?? plain.Series },
                };
            }
            return request.Party is null ? throw reader.Missing("party") : request;
        });

    public static CustomerRequest Customer(ReadOnlySpan<byte> utf8) =>
        Bodies.Read(utf8, static (ref RequestReader reader) =>
        {
            var request = CustomerOf(ref reader, CustomerFields);
            return request.Customer is null ? throw reader.Missing("customer") : request;
        });

    public static CustomerRequest Customer(ReadOnlySpan<byte> utf8, string customer) =>
        Bodies.Read(utf8, static (ref RequestReader reader) =>
            CustomerOf(ref reader, KnownCustomerFields)) with { Customer = customer };

    public static SubscriptionRequest Subscription(ReadOnlySpan<byte> utf8) =>
        Bodies.Read(utf8, static (ref RequestReader reader) =>
        {
            string? customer = null, description = null;
            long? amount = null;
            DateOnly? start = null;
            var request = new SubscriptionRequest
            {
                Customer = "", Amount = 0, Description = "", Start = default,
            };
            ulong seen = 0;
            reader.OpenObject(SubscriptionFields, ref seen);
            while (reader.NextField(ref seen))
            {
                switch (reader.Field)
                {
                    case "id": request = request with { Id = reader.Text() }; break;
                    case "subscription":
                        request = request with { Subscription = reader.Text() };
                        break;
                    case "customer": customer = reader.Text(); break;
                    case "amount": amount = reader.Amount(); break;
                    case "asset": request = request with { Asset = reader.Word() }; break;
                    case "description": description = reader.Text(); break;
                    case "tax": request = request with { Tax = reader.Word() }; break;
                    case "prices": request = request with { Prices = reader.Word() }; break;
                    case "start": start = reader.Day(); break;
                    default: request = request with { End = reader.Day() }; break;
                }
            }
            return request with
            {
                Customer = reader.Required(customer, "customer"),
                Amount = reader.Required(amount, "amount"),
                Description = reader.Required(description, "description"),
                Start = reader.Required(start, "start"),
            };
        });

    public static SubscriptionEndBody End(ReadOnlySpan<byte> utf8) =>
        Bodies.Read(utf8, static (ref RequestReader reader) =>
        {
            string? id = null;
            DateOnly? end = null;
            ulong seen = 0;
            reader.OpenObject(EndFields, ref seen);
            while (reader.NextField(ref seen))
            {
                if (reader.Field == "id") id = reader.Text();
                else end = reader.Day();
            }
            return new SubscriptionEndBody { Id = id, End = reader.Required(end, "end") };
        });

    public static InvoiceRunRequest Run(ReadOnlySpan<byte> utf8) =>
        Bodies.Read(utf8, static (ref RequestReader reader) =>
        {
            DateOnly? through = null;
            var request = new InvoiceRunRequest { Through = default };
            ulong seen = 0;
            reader.OpenObject(RunFields, ref seen);
            while (reader.NextField(ref seen))
            {
                switch (reader.Field)
                {
                    case "id": request = request with { Id = reader.Text() }; break;
                    case "through": through = reader.Day(); break;
                    case "date": request = request with { Date = reader.Day() }; break;
                    case "customer": request = request with { Customer = reader.Text() }; break;
                    default: request = request with { DryRun = reader.Flag() ?? false }; break;
                }
            }
            return request with { Through = reader.Required(through, "through") };
        });

    public static CreditRequest Credit(ReadOnlySpan<byte> utf8) =>
        Bodies.Read(utf8, static (ref RequestReader reader) =>
        {
            string? invoice = null;
            var request = new CreditRequest { Invoice = "" };
            ulong seen = 0;
            reader.OpenObject(CreditFields, ref seen);
            while (reader.NextField(ref seen))
            {
                switch (reader.Field)
                {
                    case "id": request = request with { Id = reader.Text() }; break;
                    case "invoice": invoice = reader.Text(); break;
                    case "amount": request = request with { Amount = reader.Amount() }; break;
                    case "rebill":
                        request = request with { Rebill = reader.Flag() ?? false };
                        break;
                    case "reason": request = request with { Reason = reader.Text() }; break;
                    default: request = request with { Date = reader.Day() }; break;
                }
            }
            return request with { Invoice = reader.Required(invoice, "invoice") };
        });

    public static PaymentRequest Payment(ReadOnlySpan<byte> utf8) =>
        Bodies.Read(utf8, static (ref RequestReader reader) =>
        {
            long? amount = null;
            var request = new PaymentRequest { Amount = 0 };
            ulong seen = 0;
            reader.OpenObject(PaymentFields, ref seen);
            while (reader.NextField(ref seen))
            {
                if (reader.Field == "amount")
                {
                    amount = reader.Amount();
                    continue;
                }
                request = reader.Field switch
                {
                    "id" => request with { Id = reader.Text() },
                    "customer" => request with { Customer = reader.Text() },
                    "invoice" => request with { Invoice = reader.Text() },
                    "asset" => request with { Asset = reader.Word() },
                    "date" => request with { Date = reader.Day() },
                    "reference" => request with { Reference = reader.Text() },
                    "from" => request with { From = reader.Text() },
                    _ => request with { WriteOff = reader.Flag() ?? false },
                };
            }
            return request with { Amount = reader.Required(amount, "amount") };
        });

    private static CustomerRequest CustomerOf(ref RequestReader reader, FieldNames names)
    {
        var plain = new CustomerRequest { Customer = null!, Party = null! };
        var request = plain;
        ulong seen = 0;
        reader.OpenObject(names, ref seen);
        while (reader.NextField(ref seen))
        {
            request = reader.Field switch
            {
                "id" => request with { Id = reader.Text() },
                "customer" => request with { Customer = reader.Text()! },
                "party" => request with { Party = PartyBody.Read(ref reader, names)! },
                "zone" => request with { Zone = reader.Word() },
                "treatment" => request with { Treatment = reader.Word() },
                "terms_days" => request with
                {
                    TermsDays = reader.Integer("an integer of days") switch
                    {
                        null => plain.TermsDays,
                        // What is out of range stays so; the rules say what is in it.
                        { } days => (int)long.Clamp(days, -1, TermsMax + 1),
                    },
                },
                _ => request with { Asset = reader.Word() },
            };
        }
        return request.Party is null ? throw reader.Missing("party") : request;
    }
}
