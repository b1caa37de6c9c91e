namespace Settle.Cli.Sending;

/// <summary>The texts of mails, one per kind and language: the user's, else ours.</summary>
internal sealed class MailTemplates
{
    /// <summary>What may be in braces.</summary>
    public static readonly IReadOnlyList<string> Places =
    [
        "number", "date", "due", "amount", "open", "customer", "name", "contact", "corrects",
        "seller", "iban", "debit", "mandate", "title", "kind", "valid",
    ];

    private const string OtherLanguage = "en";
    private const string Ending = ".txt";
    private const int BytesMax = 64 * 1024;

    private static readonly string[] Kinds =
        ["invoice", "paid", "credit-note", "debit", "reminder", "quote"];
    private static readonly string[] Languages = ["en", "de", "fr"];

    private readonly Dictionary<string, MailTemplate> _all = new(StringComparer.Ordinal);

    private MailTemplates()
    {
        foreach (var name in Names()) _all[name] = new MailTemplate(name, BuiltIn(name), Places);
    }

    /// <summary>Reads a folder of templates; what it lacks is built in.</summary>
    /// <exception cref="InvalidRequestException">One cannot be read, or is not a template.
    /// </exception>
    public static async Task<MailTemplates> ReadAsync(
        string? folder, CancellationToken cancellation)
    {
        var templates = new MailTemplates();
        if (folder is null) return templates;
        if (!Directory.Exists(folder))
            throw Settle.Parse.Fault("templates", folder, "is not a folder");
        foreach (var file in Directory.EnumerateFiles(folder, "*" + Ending).Order())
        {
            var name = Path.GetFileName(file);
            if (!templates._all.ContainsKey(name))
                throw Settle.Parse.NotOneOf("templates", name, [.. Names()]);
            templates._all[name] = new MailTemplate(file, TextOf(file,
                await Input.InputFile.ReadAsync("templates", file, cancellation)), Places);
        }
        return templates;
    }

    /// <summary>The text for a paper, in its language.</summary>
    public MailTemplate Of(OutboxPaper paper) => _all[NameOf(paper.Kind,
        Languages.Contains(paper.Language) ? paper.Language : OtherLanguage)];

    private static IEnumerable<string> Names() =>
        Kinds.SelectMany(kind => Languages.Select(language => NameOf(kind, language)));

    private static string NameOf(string kind, string language) => $"{kind}.{language}{Ending}";

    private static string BuiltIn(string name)
    {
        using var stream = typeof(MailTemplates).Assembly.GetManifestResourceStream("mail/" + name)
            ?? throw new InvalidOperationException($"the template {name} is not built in");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string TextOf(string file, byte[] bytes)
    {
        if (bytes.Length > BytesMax)
            throw new InvalidRequestException("templates", $"{file} is larger than 64 KiB");
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidRequestException("templates", $"{file} is not UTF-8");
        }
    }
}
