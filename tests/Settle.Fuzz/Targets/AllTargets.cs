namespace Settle.Fuzz.Targets;

/// <summary>Every reader of outside bytes.</summary>
internal static class AllTargets
{
    /// <exception cref="ArgumentException">There is no reader of that name.</exception>
    public static List<Target> Named(string[] names)
    {
        List<Target> all =
        [
            .. RequestTargets.All, .. ImportTargets.All, .. PaperTargets.All, .. ChainTargets.All,
            .. StoreTargets.All, .. AnswerTargets.All,
        ];
        foreach (var name in names)
        {
            if (!all.Exists(target => target.Name == name))
                throw new ArgumentException(
                    $"there is no reader '{name}': {string.Join(", ", all.Select(each => each.Name))}");
        }
        return names.Length == 0 ? all : all.FindAll(target => names.Contains(target.Name));
    }

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[][] Words(string text) => [.. text.Split('|').Select(Bytes)];

    /// <summary>Runs a reader whose refusal of malformed input is this exception.</summary>
    public static void Refusing<TRefusal>(Action read) where TRefusal : Exception
    {
        try
        {
            read();
        }
        catch (TRefusal)
        {
            // What the reader documents.
        }
    }
}
