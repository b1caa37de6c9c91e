namespace Settle;

/// <summary>In which order accounts are listed.</summary>
[JsonConverter(typeof(WordJsonConverter<AccountSort>))]
public enum AccountSort
{
    /// <summary>Something that this version does not know.</summary>
    Unknown,

    /// <summary>By the bytes of their names.</summary>
    Name,

    /// <summary>Those that came last first.</summary>
    Newest,
}
