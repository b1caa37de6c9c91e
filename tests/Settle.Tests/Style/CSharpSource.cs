using System.Text.RegularExpressions;

namespace Settle.Tests.Style;

/// <summary>A source file, and what its braces tell about its types and methods.</summary>
internal sealed partial class CSharpSource
{
    private enum Block
    {
        Namespace,
        Type,
        Method,
        Other,
    }

    public CSharpSource(string name, string text)
    {
        Name = name;
        Text = text;
        Lines = text.Split('\n');
        Code = new CSharpBlanker(text).Blank();
        Read();
    }

    public string Name { get; }

    public string Text { get; }

    public string[] Lines { get; }

    /// <summary>The text with blanks in place of strings and comments.</summary>
    public string Code { get; }

    /// <summary>The types that are not inside another one.</summary>
    public List<string> TopTypes { get; } = [];

    /// <summary>Each method with a body in braces: its first line, from one, and its length.</summary>
    public List<(int Line, int Length)> Methods { get; } = [];

    public int LineOf(int position) => Code.AsSpan(0, position).Count('\n') + 1;

    private void Read()
    {
        var open = new Stack<(Block Block, int Line)>();
        var parentheses = 0;
        var header = 0;
        for (var at = 0; at < Code.Length; at++)
        {
            var character = Code[at];
            parentheses += character == '(' ? 1 : character == ')' ? -1 : 0;
            if (parentheses > 0 || character is not ('{' or '}' or ';'))
                continue;
            if (character == '{')
                open.Push(Classify(Code[header..at], header, open));
            else if (character == '}' && open.TryPop(out var closed) && closed.Block == Block.Method)
                Methods.Add((closed.Line, LineOf(at) - closed.Line + 1));
            else if (character == ';' && open.All(block => block.Block == Block.Namespace))
                FindTopTypes(Code[header..at]);
            header = at + 1;
        }
    }

    private (Block Block, int Line) Classify(
        string header, int position, Stack<(Block Block, int Line)> open)
    {
        var line = LineOf(position + header.Length - header.TrimStart().Length);
        var outermost = open.All(block => block.Block == Block.Namespace);
        if (outermost && header.Contains("namespace ", StringComparison.Ordinal))
            return (Block.Namespace, line);
        if (outermost)
            FindTopTypes(header);
        if (TypePattern.IsMatch(header))
            return (Block.Type, line);
        var inType = open.TryPeek(out var around) && around.Block == Block.Type;
        return (inType && header.Contains('(') ? Block.Method : Block.Other, line);
    }

    private void FindTopTypes(string header)
    {
        var match = TypePattern.Match(header);
        if (match.Success)
            TopTypes.Add(match.Groups["name"].Value);
    }

    [GeneratedRegex(@"\b(class|struct|interface|enum|record(\s+(class|struct))?)\s+(?!where\b)(?<name>\w+)")]
    private static partial Regex TypePattern { get; }
}
