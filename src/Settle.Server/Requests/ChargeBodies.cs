namespace Settle.Server;

/// <summary>A charge as a body, and a batch of them.</summary>
internal static class ChargeBodies
{
    private static readonly FieldNames Fields =
        new("a charge", "id", "customer", "amount", "asset", "date", "time", "description", "tax",
        "prices", "quantity", "unit_price", "unit", "discount");

    public static ChargeRequest Charge(ReadOnlySpan<byte> utf8) =>
        Bodies.Read(utf8, static (ref RequestReader reader) =>
        {
            ulong seen = 0;
            reader.OpenObject(Fields, ref seen);
            return FieldsOf(ref reader, ref seen);
        });

    public static ChargeRequest[] Batch(ReadOnlySpan<byte> utf8)
    {
        var requests = Bodies.Read(utf8, static (ref RequestReader reader) =>
        {
            var charges = new List<ChargeRequest>();
            ulong seen = 0;
            reader.OpenList("charges");
            while (reader.NextItem(Fields, ref seen))
            {
                if (charges.Count == Limits.BatchMax)
                    throw RequestRefusedException.BatchTooLarge("charges");
                charges.Add(FieldsOf(ref reader, ref seen));
            }
            return charges;
        });
        return requests.Count > 0 ? [.. requests]
            : throw new InvalidRequestException("body", "must have at least one charge");
    }

    private static ChargeRequest FieldsOf(ref RequestReader reader, ref ulong seen)
    {
        string? customer = null, description = null;
        var request = new ChargeRequest { Customer = "", Description = "" };
        while (reader.NextField(ref seen))
        {
            switch (reader.Field)
            {
                case "id": request = request with { Id = reader.Text() }; break;
                case "customer": customer = reader.Text(); break;
                case "amount": request = request with { Amount = reader.Amount() }; break;
                case "asset": request = request with { Asset = reader.Word() }; break;
                case "date": request = request with { Date = reader.Day() }; break;
                case "time": request = request with { Time = reader.Moment() }; break;
                case "description": description = reader.Text(); break;
                case "tax": request = request with { Tax = reader.Word() }; break;
                case "prices": request = request with { Prices = reader.Word() }; break;
                case "quantity": request = request with { Quantity = reader.Decimal() }; break;
                case "unit_price": request = request with { UnitPrice = reader.Decimal() }; break;
                case "unit": request = request with { Unit = reader.Word() }; break;
                default:
                    request = request with
                    {
                        Discount = reader.Integer("an integer in the minor unit"),
                    };
                    break;
            }
        }
        return request with
        {
            Customer = reader.Required(customer, "customer"),
            Description = reader.Required(description, "description"),
        };
    }
}
