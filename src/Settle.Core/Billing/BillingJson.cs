namespace Settle.Billing;

/// <summary>The lists that entries of billing carry, as canonical JSON.</summary>
internal static class BillingJson
{
    private delegate T ObjectReader<T>(ref Utf8JsonReader reader);

    public static void WriteTaxes(JsonBuffer json, ReadOnlySpan<TaxSum> taxes)
    {
        json.Raw("["u8);
        for (var i = 0; i < taxes.Length; i++)
        {
            json.Raw(i == 0 ? "{\"category\":"u8 : ",{\"category\":"u8);
            Ascii(json, taxes[i].Term.Code);
            json.Raw(",\"net\":"u8);
            json.Number(taxes[i].Net);
            json.Raw(",\"rate\":"u8);
            Ascii(json, taxes[i].Term.RateText);
            json.Raw(",\"tax\":"u8);
            json.Number(taxes[i].Tax);
            json.Raw("}"u8);
        }
        json.Raw("]"u8);
    }

    public static List<TaxSum> ReadTaxes(ReadOnlySpan<byte> array) =>
        ReadObjects(array, (ref reader) =>
        {
            Key(ref reader, "category"u8);
            if (!TaxTerm.TryParseCode(reader.ValueSpan, out var category)) throw Damaged();
            Key(ref reader, "net"u8);
            var net = reader.GetInt64();
            Key(ref reader, "rate"u8);
            if (!Scaled.TryParse(reader.ValueSpan, TaxTerm.RateDecimals, out var rate))
                throw Damaged();
            Key(ref reader, "tax"u8);
            return new TaxSum(new TaxTerm(category, checked((int)rate)), net, reader.GetInt64());
        });

    public static void WriteAllocation(JsonBuffer json, bool isFirst, string number, long amount)
    {
        json.Raw(isFirst ? "[{\"amount\":"u8 : ",{\"amount\":"u8);
        json.Number(amount);
        json.Raw(",\"number\":"u8);
        json.String(Encoding.UTF8.GetBytes(number));
        json.Raw("}"u8);
    }

    public static List<(byte[] Number, long Amount)> ReadAllocations(ReadOnlySpan<byte> array) =>
        ReadObjects(array, (ref reader) =>
        {
            Key(ref reader, "amount"u8);
            var amount = reader.GetInt64();
            Key(ref reader, "number"u8);
            return (Bytes(ref reader), amount);
        });

    public static void WriteDiscounted(JsonBuffer json, bool isFirst, TakenDiscount discount)
    {
        json.Raw(isFirst ? "[{\"number\":"u8 : ",{\"number\":"u8);
        json.String(discount.Invoice);
        json.Raw(",\"rounding\":"u8);
        json.Number(discount.Rounding);
        json.Raw(",\"taxes\":"u8);
        WriteTaxes(json, discount.Taxes);
        json.Raw("}"u8);
    }

    public static List<TakenDiscount> ReadDiscounted(ReadOnlySpan<byte> array)
    {
        var json = array.ToArray();
        return ReadObjects(array, (ref reader) =>
        {
            Key(ref reader, "number"u8);
            var number = Bytes(ref reader);
            Key(ref reader, "rounding"u8);
            var rounding = reader.GetInt64();
            Key(ref reader, "taxes"u8);
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            var taxes = ReadTaxes(json.AsSpan(start..(int)reader.BytesConsumed));
            return new TakenDiscount(number, [.. taxes], rounding);
        });
    }

    public static void WriteReminded(JsonBuffer json, bool isFirst, in RemindedInvoice invoice)
    {
        json.Raw(isFirst ? "[{\"level\":"u8 : ",{\"level\":"u8);
        json.Number(invoice.Level);
        json.Raw(",\"number\":"u8);
        json.String(Encoding.UTF8.GetBytes(invoice.Number));
        json.Raw(",\"open\":"u8);
        json.Number(invoice.Open);
        json.Raw("}"u8);
    }

    public static List<RemindedInvoice> ReadReminded(ReadOnlySpan<byte> array) =>
        ReadObjects(array, (ref reader) =>
        {
            Key(ref reader, "level"u8);
            var level = reader.GetInt32();
            Key(ref reader, "number"u8);
            var number = Encoding.UTF8.GetString(Bytes(ref reader));
            Key(ref reader, "open"u8);
            return new RemindedInvoice(number, level, reader.GetInt64());
        });

    public static void WriteReopened(JsonBuffer json, bool isFirst, in ReopenedCharge charge)
    {
        json.Raw(isFirst ? "[{"u8 : ",{"u8);
        if (charge.IsAmended) json.Raw("\"amended\":true,"u8);
        json.Raw("\"amount\":"u8);
        json.Number(charge.Amount);
        Day(json, charge.Date);
        json.Raw(",\"id\":"u8);
        json.String(charge.Id);
        if (charge.IsGross) json.Raw(",\"prices\":\"gross\""u8);
        json.Raw(",\"tax\":"u8);
        Ascii(json, charge.Tax.Text);
        json.Raw("}"u8);
    }

    public static List<ReopenedCharge> ReadReopened(ReadOnlySpan<byte> array) =>
        ReadObjects(array, (ref reader) =>
        {
            Expect(ref reader, JsonTokenType.PropertyName);
            var isAmended = reader.ValueTextEquals("amended"u8);
            reader.Read();
            if (isAmended) Key(ref reader, "amount"u8);
            var amount = reader.GetInt64();
            Key(ref reader, "date"u8);
            if (!Days.TryParse(reader.ValueSpan, out var date)) throw Damaged();
            Key(ref reader, "id"u8);
            var id = Bytes(ref reader);
            Expect(ref reader, JsonTokenType.PropertyName);
            var isGross = reader.ValueTextEquals("prices"u8);
            reader.Read();
            if (isGross) Key(ref reader, "tax"u8);
            if (!TaxTerm.TryParse(reader.ValueSpan, out var tax)) throw Damaged();
            return new ReopenedCharge(id, amount, date, tax, isGross, isAmended);
        });

    public static void WriteAmended(JsonBuffer json, bool isFirst, in AmendedCharge charge)
    {
        json.Raw(isFirst ? "[{\"amount\":"u8 : ",{\"amount\":"u8);
        json.Number(charge.Amount);
        Day(json, charge.Date);
        json.Raw(",\"id\":"u8);
        json.String(charge.Id);
        json.Raw("}"u8);
    }

    public static List<AmendedCharge> ReadAmended(ReadOnlySpan<byte> array) =>
        ReadObjects(array, (ref reader) =>
        {
            Key(ref reader, "amount"u8);
            var amount = reader.GetInt64();
            Key(ref reader, "date"u8);
            if (!Days.TryParse(reader.ValueSpan, out var date)) throw Damaged();
            Key(ref reader, "id"u8);
            return new AmendedCharge(Bytes(ref reader), amount, date);
        });

    public static void WriteLine(JsonBuffer json, bool isFirst, AskedLine line)
    {
        json.Raw(isFirst ? "[{\"line\":"u8 : ",{\"line\":"u8);
        json.Number(line.Line);
        if (line.Quantity != 0) Quantity(json, line.Quantity);
        json.Raw("}"u8);
    }

    public static List<AskedLine> ReadLines(ReadOnlySpan<byte> array)
    {
        var lines = new List<AskedLine>();
        if (array.IsEmpty) return lines;
        var reader = new Utf8JsonReader(array);
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            Key(ref reader, "line"u8);
            var line = reader.GetInt32();
            reader.Read();
            var hasQuantity = reader.TokenType == JsonTokenType.PropertyName;
            lines.Add(new AskedLine(line, hasQuantity ? Quantity(ref reader) : 0));
            if (hasQuantity) Expect(ref reader, JsonTokenType.EndObject);
        }
        return lines;
    }

    public static void WriteCredited(JsonBuffer json, bool isFirst, CreditedLine line)
    {
        json.Raw(isFirst ? "[{\"line\":"u8 : ",{\"line\":"u8);
        json.Number(line.Line);
        json.Raw(",\"net\":"u8);
        json.Number(line.Net);
        Quantity(json, line.Quantity);
        json.Raw("}"u8);
    }

    public static List<CreditedLine> ReadCredited(ReadOnlySpan<byte> array) =>
        ReadObjects(array, (ref reader) =>
        {
            Key(ref reader, "line"u8);
            var line = reader.GetInt32();
            Key(ref reader, "net"u8);
            var net = reader.GetInt64();
            Expect(ref reader, JsonTokenType.PropertyName);
            return new CreditedLine(line, Quantity(ref reader), net);
        });

    public static void WriteOrdered(JsonBuffer json, bool isFirst, OrderedItem item)
    {
        json.Raw(isFirst ? "[{\"amount\":"u8 : ",{\"amount\":"u8);
        json.Number(item.Amount);
        json.Raw(",\"number\":"u8);
        json.String(item.Number);
        json.Raw(",\"party\":"u8);
        Ascii(json, item.Party.ToString());
        json.Raw(",\"sequence\":"u8);
        Ascii(json, item.Sequence);
        json.Raw("}"u8);
    }

    public static List<OrderedItem> ReadOrdered(ReadOnlySpan<byte> array) =>
        ReadObjects(array, (ref reader) =>
        {
            Key(ref reader, "amount"u8);
            var amount = reader.GetInt64();
            Key(ref reader, "number"u8);
            var number = Bytes(ref reader);
            Key(ref reader, "party"u8);
            if (!BlockHash.TryParse(reader.ValueSpan, out var party)) throw Damaged();
            Key(ref reader, "sequence"u8);
            return new OrderedItem(number, amount, party, reader.GetString()!);
        });

    /// <summary>Reads an array of strings.</summary>
    public static List<byte[]> ReadTexts(ReadOnlySpan<byte> array)
    {
        var texts = new List<byte[]>();
        if (array.IsEmpty) return texts;
        var reader = new Utf8JsonReader(array);
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
            texts.Add(Bytes(ref reader));
        if (reader.TokenType != JsonTokenType.EndArray) throw Damaged();
        return texts;
    }

    // The reader is called at the beginning of each object, and goes to its last value.
    private static List<T> ReadObjects<T>(ReadOnlySpan<byte> array, ObjectReader<T> read)
    {
        var items = new List<T>();
        if (array.IsEmpty) return items;
        var reader = new Utf8JsonReader(array);
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            items.Add(read(ref reader));
            Expect(ref reader, JsonTokenType.EndObject);
        }
        return items;
    }

    private static byte[] Bytes(ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped
            ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan.ToArray();

    private static void Day(JsonBuffer json, int date)
    {
        json.Raw(",\"date\":"u8);
        var day = (stackalloc byte[Days.TextLength]);
        Days.Write(day, date);
        json.String(day);
    }

    private static void Quantity(JsonBuffer json, long quantity)
    {
        json.Raw(",\"quantity\":"u8);
        Ascii(json, Scaled.Text(quantity, Scaled.Decimals));
    }

    // The reader stands at the key.
    private static long Quantity(ref Utf8JsonReader reader)
    {
        if (!reader.ValueTextEquals("quantity"u8) || !reader.Read()
            || !Scaled.TryParse(reader.ValueSpan, Scaled.Decimals, out var quantity))
            throw Damaged();
        return quantity;
    }

    private static void Ascii(JsonBuffer json, string text) =>
        json.String(Encoding.ASCII.GetBytes(text));

    private static void Key(ref Utf8JsonReader reader, ReadOnlySpan<byte> key)
    {
        Expect(ref reader, JsonTokenType.PropertyName);
        if (!reader.ValueTextEquals(key)) throw Damaged();
        reader.Read();
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type) throw Damaged();
    }

    private static FormatException Damaged() => new("a list of billing is damaged");
}
