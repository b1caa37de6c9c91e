namespace Settle.Journals;

/// <summary>What an export can be.</summary>
internal enum JournalFormat
{
    /// <summary>A journal for hledger.</summary>
    Hledger,

    /// <summary>A journal for beancount.</summary>
    Beancount,

    /// <summary>The movements, as <c>settle import</c> reads them.</summary>
    Csv,

    /// <summary>Every entry of the chain, a JSON object a line.</summary>
    Jsonl,
}
