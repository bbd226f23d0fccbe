using System.Numerics;
using static MLNet.Transformers.Models.PickleOpcode;

namespace MLNet.Transformers.Models;

/// <summary>
/// Reads Python's <see href="https://docs.python.org/3/library/pickletools.html">pickle</see> language as data: numbers, text,
/// tuples (arrays), lists and dictionaries. No name is looked up and nothing is called; what a pickle wants to call goes, with
/// its arguments, to a function that knows what it accepts.
/// </summary>
/// <param name="reader">Stands at the first instruction.</param>
/// <param name="construct">Makes an object of the Python name and arguments that the pickle gives, or refuses.</param>
/// <param name="resolve">Makes an object of an identifier of something that is stored outside the pickle, or refuses.</param>
internal sealed class Unpickler(PickleReader reader, Func<PickleGlobal, object?[], object?> construct, Func<object?, object?> resolve)
{
    private const int HighestProtocol = 5;
    private const int LongestInteger = 16;

    private readonly List<object?> stack = [];
    private readonly Stack<int> marks = [];
    private readonly Dictionary<long, object?> memo = [];

    /// <summary>Runs until the pickle ends.</summary>
    /// <exception cref="InvalidDataException">The pickle is broken, or wants something that is refused.</exception>
    public object? Load()
    {
        for (var opcode = (PickleOpcode)reader.Byte(); opcode != Stop; opcode = (PickleOpcode)reader.Byte())
            if (!Frames(opcode) && !PushesValue(opcode) && !Collects(opcode) && !Remembers(opcode) && !Constructs(opcode))
                throw Broken($"has the instruction 0x{(byte)opcode:x2}, which no tensors need");
        return Pop();
    }

    private bool Frames(PickleOpcode opcode)
    {
        if (opcode == Protocol)
        {
            if (reader.Byte() is > HighestProtocol and var protocol)
                throw Broken($"is of the unknown protocol {protocol}");
            return true;
        }
        if (opcode == Frame)
            reader.Int64();
        return opcode == Frame;
    }

    private bool PushesValue(PickleOpcode opcode)
    {
        object? value;
        switch (opcode)
        {
            case None: value = null; break;
            case True: value = true; break;
            case False: value = false; break;
            case BinaryInteger: value = (long)reader.Int32(); break;
            case BinaryInteger1: value = (long)reader.Byte(); break;
            case BinaryInteger2: value = (long)reader.UInt16(); break;
            case Long1: value = Integer(reader.Byte()) is var number && number.GetBitLength() < 64 ? (long)number : (object)number; break;
            case BinaryFloat: value = reader.Double(); break;
            case BinaryString: value = reader.Text(reader.Int32()); break;
            case ShortBinaryString or ShortBinaryUnicode: value = reader.Text(reader.Byte()); break;
            case BinaryUnicode: value = reader.Text(reader.UInt32()); break;
            case EmptyTuple: value = Array.Empty<object?>(); break;
            case EmptyList: value = new List<object?>(); break;
            case EmptyDictionary: value = new PickleDictionary(); break;
            default: return false;
        }
        stack.Add(value);
        return true;
    }

    private bool Collects(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case Mark: marks.Push(stack.Count); break;
            case PopMark: PopToMark(); break;
            case PickleOpcode.Tuple: stack.Add(PopToMark()); break;
            case Tuple1: stack.Add(Pop(1)); break;
            case Tuple2: stack.Add(Pop(2)); break;
            case Tuple3: stack.Add(Pop(3)); break;
            case List: stack.Add(PopToMark().ToList()); break;
            case PickleOpcode.Dictionary: stack.Add(Fill(new PickleDictionary(), PopToMark())); break;
            case PickleOpcode.Append: Extend(Pop(1)); break;
            case Appends: Extend(PopToMark()); break;
            case SetItem: Set(Pop(2)); break;
            case SetItems: Set(PopToMark()); break;
            default: return false;
        }
        return true;
    }

    private bool Remembers(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Pop: Pop(); break;
            case Duplicate: stack.Add(Top); break;
            case Memoize: memo[memo.Count] = Top; break;
            case BinaryPut: memo[reader.Byte()] = Top; break;
            case LongBinaryPut: memo[reader.UInt32()] = Top; break;
            case BinaryGet: stack.Add(Recall(reader.Byte())); break;
            case LongBinaryGet: stack.Add(Recall(reader.UInt32())); break;
            default: return false;
        }
        return true;
    }

    private bool Constructs(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case Global: stack.Add(new PickleGlobal(reader.Line(), reader.Line())); break;
            case StackGlobal when Pop(2) is [string module, string name]: stack.Add(new PickleGlobal(module, name)); break;
            case PersistentId: stack.Add(resolve(Pop())); break;
            case PickleOpcode.Reduce when Pop(2) is [PickleGlobal callee, object?[] arguments]: stack.Add(construct(callee, arguments)); break;
            // The attributes of a dictionary, such as the version numbers of a state_dict, are of no use here.
            case Build when Pop(2) is [PickleDictionary dictionary, _]: stack.Add(dictionary); break;
            case StackGlobal or PickleOpcode.Reduce or Build: throw Broken($"gives the instruction {opcode} what it cannot work on");
            default: return false;
        }
        return true;
    }

    private BigInteger Integer(int length) => length <= LongestInteger
        ? new BigInteger(reader.Bytes(length))
        : throw Broken($"has an integer of {length} bytes");

    private object? Top => stack.Count > Floor ? stack[^1] : throw Broken("takes more from its stack than there is");

    /// <summary>What lies below the last mark is out of reach.</summary>
    private int Floor => marks.TryPeek(out var mark) ? mark : 0;

    private object? Pop() => Pop(1)[0];

    private object?[] Pop(int count)
    {
        if (stack.Count - Floor < count)
            throw Broken("takes more from its stack than there is");
        var values = stack.GetRange(stack.Count - count, count).ToArray();
        stack.RemoveRange(stack.Count - count, count);
        return values;
    }

    private object?[] PopToMark()
    {
        if (marks.Count == 0)
            throw Broken("has no mark where it needs one");
        var values = Pop(stack.Count - marks.Peek());
        marks.Pop();
        return values;
    }

    private void Extend(object?[] values)
    {
        if (Top is not List<object?> list)
            throw Broken("appends to what is no list");
        list.AddRange(values);
    }

    private void Set(object?[] values)
    {
        if (Top is not PickleDictionary dictionary)
            throw Broken("sets items of what is no dictionary");
        Fill(dictionary, values);
    }

    private PickleDictionary Fill(PickleDictionary dictionary, object?[] values)
    {
        if (values.Length % 2 != 0)
            throw Broken("has a key without a value");
        dictionary.Items.AddRange(values.Chunk(2).Select(pair => (pair[0], pair[1])));
        return dictionary;
    }

    private object? Recall(long index) => memo.TryGetValue(index, out var value) ? value : throw Broken($"recalls entry {index}, which it has not made");

    private InvalidDataException Broken(string what) => new($"The pickle in '{reader.Origin}' {what}.");
}
