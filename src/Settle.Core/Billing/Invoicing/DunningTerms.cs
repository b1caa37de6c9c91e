namespace Settle.Billing;

/// <summary>When and how a seller reminds its customers, as the chain has it. Pure.</summary>
/// <param name="Levels">The reminders in their order.</param>
/// <param name="FlatFee">What businesses pay instead of the fees, minor units; 0 for those.</param>
/// <param name="Minimum">Less than this is not worth a reminder, minor units.</param>
/// <param name="PayWithin">How many days after its date a reminder wants the money.</param>
internal sealed record DunningTerms(IReadOnlyList<DunningTerms.Level> Levels, long FlatFee,
    long Minimum, int PayWithin)
{
    private const int UsualScale = 2;
    private const int UsualPayWithin = 7;
    private const long UsualFee = 250;

    /// <summary>A friendly reminder, one with a fee, and the last one.</summary>
    /// <param name="scale">The scale of the ledger's asset.</param>
    public static DunningTerms Usual(int scale)
    {
        var fee = scale == UsualScale ? UsualFee : 0;
        return new([new(7, 0, []), new(21, fee, []), new(35, fee, [])], 0, 0, UsualPayWithin);
    }

    /// <summary>Checks what somebody asked for.</summary>
    /// <exception cref="InvalidRequestException">It does not fit together.</exception>
    public void Check()
    {
        if (Levels.Count is 0 or > Limits.ReminderLevelsMax)
        {
            throw new InvalidRequestException(
                "dunning.levels", $"must be 1 to {Limits.ReminderLevelsMax}");
        }
        if (PayWithin is < 1 or > Limits.TermsDaysMax)
        {
            throw new InvalidRequestException(
                "dunning.pay_within", $"must be 1 to {Limits.TermsDaysMax} days");
        }
        for (var i = 0; i < Levels.Count; i++)
        {
            var field = string.Create(CultureInfo.InvariantCulture, $"dunning.levels[{i}]");
            var (days, _, texts) = Levels[i];
            if (days is < 1 or > Limits.TermsDaysMax || (i > 0 && days <= Levels[i - 1].Days))
            {
                throw new InvalidRequestException($"{field}.days", "must be 1 to "
                    + $"{Limits.TermsDaysMax} after the due date, and more than the one before");
            }
            foreach (var (language, text) in texts)
            {
                if (language is not ("de" or "en" or "fr"))
                    throw Parse.NotOneOf($"{field}.texts", language, "de", "en", "fr");
                Texts.CheckText($"{field}.texts.{language}", Encoding.UTF8.GetBytes(text),
                    Limits.MemoBytesMax);
            }
        }
    }

    /// <summary>Reads canonical JSON.</summary>
    /// <exception cref="FormatException">It is not of these terms.</exception>
    public static DunningTerms Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            return ReadTerms(utf8);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException
            or InvalidOperationException)
        {
            throw new FormatException($"dunning is not what it must be: {e.Message}", e);
        }
    }

    private static DunningTerms ReadTerms(ReadOnlyMemory<byte> utf8)
    {
        using var json = JsonDocument.Parse(utf8);
        var root = json.RootElement;
        return new DunningTerms(
            [.. root.GetProperty("levels").EnumerateArray().Select(level => new Level(
                level.GetProperty("days").GetInt32(), level.GetProperty("fee").GetInt64(),
                [.. level.GetProperty("texts").EnumerateObject()
                    .Select(text => (text.Name, text.Value.GetString()
                        ?? throw new FormatException("dunning has a text that is null")))]))],
            root.GetProperty("flat_fee").GetInt64(), root.GetProperty("minimum").GetInt64(),
            root.GetProperty("pay_within").GetInt32());
    }

    /// <summary>Writes canonical JSON.</summary>
    public JsonBuffer Write()
    {
        var json = new JsonBuffer(256);
        json.Raw("{\"flat_fee\":"u8);
        json.Number(FlatFee);
        json.Raw(",\"levels\":["u8);
        for (var i = 0; i < Levels.Count; i++)
        {
            json.Raw(i == 0 ? "{\"days\":"u8 : ",{\"days\":"u8);
            json.Number(Levels[i].Days);
            json.Raw(",\"fee\":"u8);
            json.Number(Levels[i].Fee);
            json.Raw(",\"texts\":"u8);
            WriteTexts(json, Levels[i].Texts);
            json.Raw("}"u8);
        }
        json.Raw("],\"minimum\":"u8);
        json.Number(Minimum);
        json.Raw(",\"pay_within\":"u8);
        json.Number(PayWithin);
        json.Raw("}"u8);
        return json;
    }

    /// <summary>Writes the texts of a level as a canonical object.</summary>
    public static void WriteTexts(
        JsonBuffer json, IReadOnlyList<(string Language, string Text)> texts)
    {
        json.Raw("{"u8);
        var isFirst = true;
        foreach (var (language, text) in texts
            .OrderBy(each => each.Language, StringComparer.Ordinal))
        {
            if (!isFirst) json.Raw(","u8);
            isFirst = false;
            json.String(Encoding.UTF8.GetBytes(language));
            json.Raw(":"u8);
            json.String(Encoding.UTF8.GetBytes(text));
        }
        json.Raw("}"u8);
    }

    /// <summary>One reminder.</summary>
    /// <param name="Days">How many days after an invoice is due it may be sent.</param>
    /// <param name="Fee">What it costs the customer, minor units.</param>
    /// <param name="Texts">What it says, by language; ours where there is none.</param>
    internal readonly record struct Level(
        int Days, long Fee, IReadOnlyList<(string Language, string Text)> Texts);
}
