namespace Settle.Cli.Output;

/// <summary>What a run of the outbox did.</summary>
internal sealed record OutboxReport
{
    /// <summary>How many were sent.</summary>
    public int Sent { get; set; }

    /// <summary>How many were refused for good.</summary>
    public int Failed { get; set; }

    /// <summary>How many are tried again later, those of earlier runs included.</summary>
    public int Deferred { get; set; }

    /// <summary>How many may have been sent or not.</summary>
    public int Unknown { get; set; }

    /// <summary>How many could not be sent as they are, and still wait.</summary>
    public int Unsendable { get; set; }

    /// <summary>How many wait for a person since earlier runs.</summary>
    public int Stuck { get; set; }

    public override string ToString()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Sent} sent, {Failed} failed, ");
        if (Deferred > 0) text += string.Create(CultureInfo.InvariantCulture,
            $"{Deferred} to be tried again, ");
        if (Unknown > 0) text += string.Create(CultureInfo.InvariantCulture,
            $"{Unknown} with an unknown outcome, ");
        if (Unsendable > 0) text += string.Create(CultureInfo.InvariantCulture,
            $"{Unsendable} that cannot be sent, ");
        return text + string.Create(CultureInfo.InvariantCulture, $"{Stuck} stuck from before");
    }
}
