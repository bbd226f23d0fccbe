using static TorchSharp.Bridge.Operators;

namespace TorchSharp;

public static partial class torch
{
    // Sums, products and quotients.
    public partial class Tensor
    {
        public Tensor add(Tensor target) => Call("aten::add.Tensor", this, target);
        public Tensor add(Tensor target, Scalar alpha) => Call("aten::add.Tensor", this, target, alpha);
        public Tensor add(Scalar scalar) => Call("aten::add.Scalar", this, scalar);
        public Tensor add(Scalar scalar, Scalar alpha) => Call("aten::add.Scalar", this, scalar, alpha);
        public Tensor add_(Tensor target) => InPlace("aten::add_.Tensor", this, target);
        public Tensor add_(Tensor target, Scalar alpha) => InPlace("aten::add_.Tensor", this, target, alpha);
        public Tensor add_(Scalar scalar) => InPlace("aten::add_.Scalar", this, scalar);
        public Tensor add_(Scalar scalar, Scalar alpha) => InPlace("aten::add_.Scalar", this, scalar, alpha);

        public Tensor sub(Tensor target) => Call("aten::sub.Tensor", this, target);
        public Tensor sub(Scalar target) => Call("aten::sub.Scalar", this, target);
        public Tensor sub_(Tensor target) => InPlace("aten::sub_.Tensor", this, target);
        public Tensor sub_(Scalar target) => InPlace("aten::sub_.Scalar", this, target);
        public Tensor subtract(Tensor target) => sub(target);
        public Tensor subtract(Scalar target) => sub(target);
        public Tensor subtract_(Tensor target) => sub_(target);
        public Tensor subtract_(Scalar target) => sub_(target);

        public Tensor mul(Tensor target) => Call("aten::mul.Tensor", this, target);
        public Tensor mul(Scalar target) => Call("aten::mul.Scalar", this, target);
        public Tensor mul_(Tensor target) => InPlace("aten::mul_.Tensor", this, target);
        public Tensor mul_(Scalar target) => InPlace("aten::mul_.Scalar", this, target);
        public Tensor multiply(Tensor target) => mul(target);
        public Tensor multiply(Scalar target) => mul(target);

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Call("aten::div.Tensor_mode", this, target, Rounding(rounding_mode));
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => Call("aten::div.Scalar_mode", this, target, Rounding(rounding_mode));
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => InPlace("aten::div_.Tensor_mode", this, target, Rounding(rounding_mode));
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => InPlace("aten::div_.Scalar_mode", this, target, Rounding(rounding_mode));
        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);
        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);
        public Tensor divide_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);
        public Tensor divide_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);
        public Tensor true_divide(Tensor other) => div(other);
        public Tensor true_divide(Scalar other) => div(other);
        public Tensor true_divide_(Tensor other) => div_(other);
        public Tensor true_divide_(Scalar other) => div_(other);
        public Tensor floor_divide(Tensor other) => Call("aten::floor_divide", this, other);
        public Tensor floor_divide(Scalar other) => Call("aten::floor_divide.Scalar", this, other);
        public Tensor floor_divide_(Tensor other) => InPlace("aten::floor_divide_.Tensor", this, other);
        public Tensor floor_divide_(Scalar other) => InPlace("aten::floor_divide_.Scalar", this, other);

        public Tensor remainder(Tensor target) => Call("aten::remainder.Tensor", this, target);
        public Tensor remainder(Scalar scalar) => Call("aten::remainder.Scalar", this, scalar);
        public Tensor remainder_(Tensor target) => InPlace("aten::remainder_.Tensor", this, target);
        public Tensor remainder_(Scalar scalar) => InPlace("aten::remainder_.Scalar", this, scalar);
        public Tensor fmod(Tensor target) => Call("aten::fmod.Tensor", this, target);
        public Tensor fmod(Scalar scalar) => Call("aten::fmod.Scalar", this, scalar);
        public Tensor fmod_(Tensor target) => InPlace("aten::fmod_.Tensor", this, target);
        public Tensor fmod_(Scalar scalar) => InPlace("aten::fmod_.Scalar", this, scalar);

        public Tensor pow(Tensor exponent) => Call("aten::pow.Tensor_Tensor", this, exponent);
        public Tensor pow(Scalar exponent) => Call("aten::pow.Tensor_Scalar", this, exponent);
        public Tensor pow_(Tensor exponent) => InPlace("aten::pow_.Tensor", this, exponent);
        public Tensor pow_(Scalar exponent) => InPlace("aten::pow_.Scalar", this, exponent);

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Call("aten::addcmul", this, tensor1, tensor2, value);
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => InPlace("aten::addcmul_", this, tensor1, tensor2, value);
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => Call("aten::addcdiv", this, tensor1, tensor2);
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Call("aten::addcdiv", this, tensor1, tensor2, value);
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => InPlace("aten::addcdiv_", this, tensor1, tensor2);
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => InPlace("aten::addcdiv_", this, tensor1, tensor2, value);
        public Tensor lerp(Tensor end, Tensor weight) => Call("aten::lerp.Tensor", this, end, weight);
        public Tensor lerp_(Tensor end, Tensor weight) => InPlace("aten::lerp_.Tensor", this, end, weight);

        public Tensor neg() => Call("aten::neg", this);
        public Tensor neg_() => InPlace("aten::neg_", this);
        public Tensor negative() => neg();
        public Tensor reciprocal() => Call("aten::reciprocal", this);
        public Tensor reciprocal_() => InPlace("aten::reciprocal_", this);
        public Tensor square() => Call("aten::square", this);

        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);
        public static Tensor operator +(Tensor left, Scalar right) => left.add(right);
        public static Tensor operator +(Tensor left, int right) => left.add(right);
        public static Tensor operator +(Tensor left, long right) => left.add(right);
        public static Tensor operator +(Tensor left, float right) => left.add(right);
        public static Tensor operator +(Tensor left, double right) => left.add(right);
        public static Tensor operator +(Scalar left, Tensor right) => right.add(left);
        public static Tensor operator +(int left, Tensor right) => right.add(left);
        public static Tensor operator +(long left, Tensor right) => right.add(left);
        public static Tensor operator +(float left, Tensor right) => right.add(left);
        public static Tensor operator +(double left, Tensor right) => right.add(left);

        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);
        public static Tensor operator -(Tensor left, Scalar right) => left.sub(right);
        public static Tensor operator -(Tensor left, int right) => left.sub(right);
        public static Tensor operator -(Tensor left, long right) => left.sub(right);
        public static Tensor operator -(Tensor left, float right) => left.sub(right);
        public static Tensor operator -(Tensor left, double right) => left.sub(right);
        public static Tensor operator -(Scalar left, Tensor right) => Call("aten::rsub.Scalar", right, left);
        public static Tensor operator -(int left, Tensor right) => Call("aten::rsub.Scalar", right, left);
        public static Tensor operator -(long left, Tensor right) => Call("aten::rsub.Scalar", right, left);
        public static Tensor operator -(float left, Tensor right) => Call("aten::rsub.Scalar", right, left);
        public static Tensor operator -(double left, Tensor right) => Call("aten::rsub.Scalar", right, left);
        public static Tensor operator -(Tensor tensor) => tensor.neg();

        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);
        public static Tensor operator *(Tensor left, Scalar right) => left.mul(right);
        public static Tensor operator *(Tensor left, int right) => left.mul(right);
        public static Tensor operator *(Tensor left, long right) => left.mul(right);
        public static Tensor operator *(Tensor left, float right) => left.mul(right);
        public static Tensor operator *(Tensor left, double right) => left.mul(right);
        public static Tensor operator *(Scalar left, Tensor right) => right.mul(left);
        public static Tensor operator *(int left, Tensor right) => right.mul(left);
        public static Tensor operator *(long left, Tensor right) => right.mul(left);
        public static Tensor operator *(float left, Tensor right) => right.mul(left);
        public static Tensor operator *(double left, Tensor right) => right.mul(left);

        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);
        public static Tensor operator /(Tensor left, Scalar right) => left.div(right);
        public static Tensor operator /(Tensor left, int right) => left.div(right);
        public static Tensor operator /(Tensor left, long right) => left.div(right);
        public static Tensor operator /(Tensor left, float right) => left.div(right);
        public static Tensor operator /(Tensor left, double right) => left.div(right);
        public static Tensor operator /(Scalar left, Tensor right) => Quotient(left, right);
        public static Tensor operator /(int left, Tensor right) => Quotient(left, right);
        public static Tensor operator /(long left, Tensor right) => Quotient(left, right);
        public static Tensor operator /(float left, Tensor right) => Quotient(left, right);
        public static Tensor operator /(double left, Tensor right) => Quotient(left, right);

        public static Tensor operator %(Tensor left, Tensor right) => left.remainder(right);
        public static Tensor operator %(Tensor left, Scalar right) => left.remainder(right);
        public static Tensor operator %(Tensor left, int right) => left.remainder(right);
        public static Tensor operator %(Tensor left, long right) => left.remainder(right);
        public static Tensor operator %(Tensor left, float right) => left.remainder(right);
        public static Tensor operator %(Tensor left, double right) => left.remainder(right);

        private static Tensor Quotient(Scalar left, Tensor right)
        {
            using var reciprocal = right.reciprocal();
            return reciprocal.mul(left);
        }

        private static string? Rounding(RoundingMode mode) => mode == RoundingMode.None ? null : mode.ToString();
    }
}
