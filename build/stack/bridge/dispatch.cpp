// The one generic call: an operator of the ATen dispatcher by its schema name, its arguments boxed by that schema.
#include "torch_bridge.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/jit_type.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

namespace bridge {
namespace {

// The optional template of this libtorch: c10's in 1.13, the standard one in 2.x.
template <class T>
using Optional = decltype(std::declval<const c10::IValue&>().toOptional<T>());

enum class Expects { Tensor, Scalar, Int, Double, Bool, String, Device, Generator, Tensors, OptionalTensors, Ints, Doubles, Bools, Scalars, Other };

struct Parameter {
    Expects expects;
    bool optional;
    bool has_default;
    c10::IValue default_value;
};

struct Operator {
    c10::OperatorHandle handle;
    std::vector<Parameter> parameters;
};

thread_local std::string last_error;

Expects expects_of_list(const c10::Type& element) {
    switch (element.kind()) {
        case c10::TypeKind::TensorType: return Expects::Tensors;
        case c10::TypeKind::OptionalType: return Expects::OptionalTensors;  // only Tensor?[] exists
        case c10::TypeKind::IntType: return Expects::Ints;
        case c10::TypeKind::FloatType: return Expects::Doubles;
        case c10::TypeKind::BoolType: return Expects::Bools;
        case c10::TypeKind::NumberType: return Expects::Scalars;
        default: return Expects::Other;
    }
}

Expects expects_of(const c10::Type& type) {
    switch (type.kind()) {
        case c10::TypeKind::TensorType: return Expects::Tensor;
        case c10::TypeKind::NumberType: return Expects::Scalar;
        case c10::TypeKind::IntType: return Expects::Int;  // dtype, layout and memory format are ints to the dispatcher
        case c10::TypeKind::FloatType: return Expects::Double;
        case c10::TypeKind::BoolType: return Expects::Bool;
        case c10::TypeKind::StringType: return Expects::String;
        case c10::TypeKind::DeviceObjType: return Expects::Device;
        case c10::TypeKind::GeneratorType: return Expects::Generator;
        case c10::TypeKind::ListType: return expects_of_list(*type.castRaw<c10::ListType>()->getElementType());
        default: return Expects::Other;
    }
}

Parameter parameter_of(const c10::Argument& argument) {
    auto type = argument.type();
    auto* optional = type->castRaw<c10::OptionalType>();
    const auto default_value = argument.default_value();
    return {expects_of(optional ? *optional->getElementType() : *type), optional != nullptr, default_value.has_value(),
            default_value.has_value() ? *default_value : c10::IValue()};
}

template <class Element, class Source>
c10::IValue list_of(const Value& value) {
    auto* source = static_cast<const Source*>(value.pointer);
    c10::List<Element> list;
    list.reserve(value.count);
    for (int32_t i = 0; i < value.count; i++) list.push_back(Element(source[i]));
    return list;
}

template <class Element>
c10::IValue list_of_tensors(const Value& value) {
    auto* handles = static_cast<const void* const*>(value.pointer);
    c10::List<Element> list;
    list.reserve(value.count);
    for (int32_t i = 0; i < value.count; i++) list.push_back(handles[i] ? Element(borrow(handles[i])) : Element());
    return list;
}

bool has_gap(const Value& value) {
    auto* handles = static_cast<const void* const*>(value.pointer);
    return std::any_of(handles, handles + value.count, [](const void* handle) { return handle == nullptr; });
}

c10::IValue scalar_of(const Value& value) {
    if (value.kind != Kind::Complex) return value.integer;
    auto* parts = static_cast<const double*>(value.pointer);
    return c10::complex<double>(parts[0], parts[1]);
}

// True if `value` fits the parameter; `boxed` is then set.
bool box(const Parameter& parameter, const Value& value, c10::IValue& boxed) {
    const auto kind = value.kind;
    if (kind == Kind::Default) {
        if (parameter.has_default) boxed = parameter.default_value;
        return parameter.has_default;
    }
    if (kind == Kind::None && parameter.optional) {
        boxed = c10::IValue();
        return true;
    }
    const bool number = kind == Kind::Int || kind == Kind::Double || kind == Kind::Bool;
    switch (parameter.expects) {
        case Expects::Tensor:
            if (kind != Kind::Tensor) return false;
            boxed = borrow(value.pointer);
            return true;
        case Expects::Int:
            if (kind != Kind::Int && kind != Kind::Bool) return false;
            boxed = value.integer;
            return true;
        case Expects::Double:
            if (!number) return false;
            boxed = kind == Kind::Double ? value.real : static_cast<double>(value.integer);
            return true;
        case Expects::Bool:
            if (kind != Kind::Bool) return false;
            boxed = value.integer != 0;
            return true;
        case Expects::Scalar:
            if (!number && kind != Kind::Complex) return false;
            if (kind == Kind::Double) boxed = value.real;
            else if (kind == Kind::Bool) boxed = value.integer != 0;
            else boxed = scalar_of(value);
            return true;
        case Expects::String:
            if (kind != Kind::String) return false;
            boxed = std::string(static_cast<const char*>(value.pointer), value.count);
            return true;
        case Expects::Device:
            if (kind != Kind::Device) return false;
            boxed = device_of(value.integer);
            return true;
        case Expects::Generator:
            if (kind != Kind::Generator) return false;
            boxed = *static_cast<const at::Generator*>(value.pointer);
            return true;
        case Expects::Tensors:
            if (kind != Kind::Tensors || has_gap(value)) return false;
            boxed = list_of_tensors<at::Tensor>(value);
            return true;
        case Expects::OptionalTensors:
            if (kind != Kind::Tensors) return false;
            boxed = list_of_tensors<Optional<at::Tensor>>(value);
            return true;
        case Expects::Ints:
            if (kind != Kind::Ints) return false;
            boxed = list_of<int64_t, int64_t>(value);
            return true;
        case Expects::Doubles:
            if (kind != Kind::Doubles) return false;
            boxed = list_of<double, double>(value);
            return true;
        case Expects::Bools:
            if (kind != Kind::Bools) return false;
            boxed = list_of<bool, uint8_t>(value);
            return true;
        case Expects::Scalars:
            if (kind != Kind::Ints && kind != Kind::Doubles) return false;
            boxed = kind == Kind::Ints ? list_of<at::Scalar, int64_t>(value) : list_of<at::Scalar, double>(value);
            return true;
        default:
            return false;
    }
}

const char* name_of(Kind kind) {
    static const char* names[] = {"nothing", "None", "bool", "int", "float", "complex", "Tensor", "str", "Device", "Generator", "bool[]", "int[]", "float[]", "Tensor?[]"};
    return names[static_cast<int32_t>(kind)];
}

[[noreturn]] void reject(const Operator& op, size_t position, Kind kind) {
    const auto& argument = op.handle.schema().arguments()[position];
    TORCH_CHECK(false, op.handle.schema().name(), "(): argument '", argument.name(), "' (position ", position + 1, ") must be ",
                argument.type()->str(), ", not ", name_of(kind));
    throw std::logic_error("unreachable");
}

// The KiB that the garbage collector should hear of: nothing for a view, whose memory another tensor has reported.
int32_t owned_kibibytes(const at::Tensor& tensor) {
    if (!tensor.has_storage() || tensor.storage().use_count() > 1) return 0;
    const auto kibibytes = tensor.storage().nbytes() >> 10;
    return kibibytes > INT32_MAX ? INT32_MAX : static_cast<int32_t>(kibibytes);
}

void unbox_tensor(at::Tensor tensor, Value& result) {
    result.kind = tensor.defined() ? Kind::Tensor : Kind::None;
    result.count = tensor.defined() ? owned_kibibytes(tensor) : 0;
    result.pointer = release(std::move(tensor));
}

void unbox(c10::IValue&& value, Value& result) {
    result = {Kind::None, 0, {0}};
    if (value.isTensor()) {
        unbox_tensor(std::move(value).toTensor(), result);
    } else if (value.isBool()) {
        result.kind = Kind::Bool;
        result.integer = value.toBool();
    } else if (value.isInt()) {
        result.kind = Kind::Int;
        result.integer = value.toInt();
    } else if (value.isDouble()) {
        result.kind = Kind::Double;
        result.real = value.toDouble();
    } else if (value.isComplexDouble()) {
        thread_local double parts[2];
        const auto complex = value.toComplexDouble();
        parts[0] = complex.real();
        parts[1] = complex.imag();
        result.kind = Kind::Complex;
        result.pointer = parts;
    } else if (value.isTensorList()) {
        const auto tensors = value.toTensorVector();
        auto* items = new Value[tensors.size()];
        for (size_t i = 0; i < tensors.size(); i++) unbox_tensor(tensors[i], items[i]);
        result.kind = Kind::Tensors;
        result.count = static_cast<int32_t>(tensors.size());
        result.pointer = items;
    }
}

bool unboxable(const c10::IValue& value) {
    return value.isTensor() || value.isBool() || value.isInt() || value.isDouble() || value.isComplexDouble() || value.isTensorList() || value.isNone();
}

// Empties the thread's argument stack however the call ends.
struct StackFrame {
    std::vector<c10::IValue>& stack;
    ~StackFrame() { stack.clear(); }
};

int64_t call(const Operator& op, const Value* arguments, int32_t given, Value* results, int32_t capacity) {
    thread_local std::vector<c10::IValue> stack;
    StackFrame frame{stack};
    const auto expected = op.parameters.size();
    TORCH_CHECK(static_cast<size_t>(given) <= expected, op.handle.schema().name(), "() takes ", expected, " arguments, not ", given);
    static const Value omitted{Kind::Default, 0, {0}};
    for (size_t i = 0; i < expected; i++) {
        const auto& value = i < static_cast<size_t>(given) ? arguments[i] : omitted;
        stack.emplace_back();
        if (!box(op.parameters[i], value, stack.back())) reject(op, i, value.kind);
    }
    op.handle.callBoxed(&stack);
    const auto count = std::min<size_t>(stack.size(), capacity);
    for (size_t i = 0; i < count; i++) TORCH_CHECK(unboxable(stack[i]), "a result of type ", stack[i].tagKind(), " has no place in C#");
    for (size_t i = 0; i < count; i++) unbox(std::move(stack[i]), results[i]);
    return static_cast<int64_t>(stack.size());
}

}  // namespace

void remember_error(std::string message) noexcept { last_error = std::move(message); }

}  // namespace bridge

using namespace bridge;

// The message of this thread's last failure, valid until its next one.
BRIDGE const char* bridge_last_error() { return last_error.c_str(); }

// The operator named by its schema ("aten::add.Tensor"), or null; it lives as long as the process.
BRIDGE void* bridge_operator(const char* qualified_name) {
    void* found = nullptr;
    guarded([&]() -> int64_t {
        const std::string full(qualified_name);
        const auto colons = full.find("::");
        const auto dot = full.find('.', colons == std::string::npos ? 0 : colons);
        const auto name = full.substr(0, dot);
        const auto overload = dot == std::string::npos ? std::string() : full.substr(dot + 1);
        const auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
        TORCH_CHECK(handle.has_value(), "this libtorch has no operator '", full, "'");
        auto op = std::make_unique<Operator>(Operator{*handle, {}});
        for (const auto& argument : handle->schema().arguments()) op->parameters.push_back(parameter_of(argument));
        found = op.release();
        return 0;
    });
    return found;
}

// Calls the operator; the number of its results, or -1. Results beyond `capacity` are dropped.
BRIDGE int64_t bridge_call(const void* op, const Value* arguments, int32_t given, Value* results, int32_t capacity) {
    return guarded([&] { return call(*static_cast<const Operator*>(op), arguments, given, results, capacity); });
}

// Frees the array that carried a list of tensors; the tensors are the receiver's.
BRIDGE void bridge_free_list(void* items) { delete[] static_cast<Value*>(items); }
